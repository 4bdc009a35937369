package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Rotary;
import dev.assay.plugins.transformer.translation.Residual;
import dev.assay.tensor.Tensor;

/**
 * Attention to both sides and a network with GELU, each added to the stream. Devlin et al. 2019,
 * §3.
 */
record BertLayer(
    MultiHeadAttention attention,
    Residual afterAttention,
    Linear up,
    Linear down,
    Residual afterNetwork) {
  private static final double DEVIATION = 0.02;

  /** How all weights begin. */
  static Initializer weights() {
    return Initializer.normal(DEVIATION);
  }

  static Linear linear(ParameterStore store, int in, int out) {
    return Linear.create(store, in, out, weights(), Initializer.zeros());
  }

  static BertLayer create(ParameterStore store, BertConfig config) {
    int width = config.width();
    int heads = config.heads();
    MultiHeadAttention attention =
        MultiHeadAttention.create(
            store.scope("attention"), width, heads, heads, true, weights(), weights());
    return new BertLayer(
        config.rotary() ? attention.with(Rotary.of(attention.depth(), config.block())) : attention,
        residual(store.scope("attention_norm"), config),
        linear(store.scope("up"), width, config.hiddenWidth()),
        linear(store.scope("down"), config.hiddenWidth(), width),
        residual(store.scope("network_norm"), config));
  }

  private static Residual residual(ParameterStore store, BertConfig config) {
    return new Residual(LayerNorm.create(store, config.width(), true)::apply, config.preNorm());
  }

  /** x [rows, time, width] → the same shape; nobody sees beyond the lengths, I32 [rows]. */
  Tensor apply(Tensor x, Tensor lengths, Dropout dropout) {
    Tensor h =
        afterAttention.apply(
            x, dropout.child("attention"), y -> attention.apply(y, lengths, false));
    return afterNetwork.apply(
        h, dropout.child("network"), y -> down.apply(Activation.GELU.apply(up.apply(y))));
  }
}
