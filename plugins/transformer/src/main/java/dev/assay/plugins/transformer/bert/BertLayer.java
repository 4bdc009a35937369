package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;

/**
 * Attention to both sides and a network with GELU, each added to the stream and normalised after.
 * Devlin et al. 2019, §3.
 */
record BertLayer(
    MultiHeadAttention attention,
    LayerNorm attentionNorm,
    Linear up,
    Linear down,
    LayerNorm networkNorm) {
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
    return new BertLayer(
        MultiHeadAttention.create(
            store.scope("attention"), width, heads, heads, true, weights(), weights()),
        LayerNorm.create(store.scope("attention_norm"), width, true),
        linear(store.scope("up"), width, config.hiddenWidth()),
        linear(store.scope("down"), config.hiddenWidth(), width),
        LayerNorm.create(store.scope("network_norm"), width, true));
  }

  /** x [rows, time, width] → the same shape; nobody sees beyond the lengths, I32 [rows]. */
  Tensor apply(Tensor x, Tensor lengths, Dropout dropout) {
    Tensor seen = dropout.child("attention").apply(attention.apply(x, lengths, false));
    Tensor h = attentionNorm.apply(x.add(seen));
    Tensor y = down.apply(Activation.GELU.apply(up.apply(h)));
    return networkNorm.apply(h.add(dropout.child("network").apply(y)));
  }
}
