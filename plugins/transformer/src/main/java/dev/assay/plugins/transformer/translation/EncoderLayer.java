package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;

/** Self-attention, then a feed-forward network. Vaswani et al. 2017, §3.1. */
record EncoderLayer(
    MultiHeadAttention attention,
    Residual attentionJoin,
    FeedForward network,
    Residual networkJoin) {
  static EncoderLayer create(ParameterStore store, TransformerConfig config) {
    int width = config.width();
    return new EncoderLayer(
        self(store.scope("attention"), config),
        join(store.scope("attention_norm"), config),
        FeedForward.create(store.scope("network"), width, config.hidden()),
        join(store.scope("network_norm"), config));
  }

  static MultiHeadAttention self(ParameterStore store, TransformerConfig config) {
    Initializer weight = Initializer.glorotUniform();
    return MultiHeadAttention.create(
        store, config.width(), config.heads(), config.heads(), true, weight, weight);
  }

  static Residual join(ParameterStore store, TransformerConfig config) {
    return new Residual(LayerNorm.create(store, config.width(), true), config.preNorm());
  }

  /** x [batch, length, width] → the same shape; nobody sees beyond the lengths, I32 [batch]. */
  Tensor apply(Tensor x, Tensor lengths, Dropout dropout) {
    Tensor h =
        attentionJoin.apply(x, dropout.child("attention"), y -> attention.apply(y, lengths, false));
    return networkJoin.apply(h, dropout.child("network"), network::apply);
  }
}
