package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Dropout;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Self-attention, then a feed-forward network. Vaswani et al. 2017, §3.1. */
record EncoderLayer(
    MultiHeadAttention attention,
    Residual attentionJoin,
    FeedForward network,
    Residual networkJoin) {
  static EncoderLayer create(ParameterStore store, LayerStyle style) {
    return new EncoderLayer(
        style.attention(store.scope("attention")),
        style.join(store.scope("attention_norm")),
        FeedForward.create(store.scope("network"), style),
        style.join(store.scope("network_norm")));
  }

  /**
   * x [batch, length, width] → the same shape; nobody sees beyond the lengths, I32 [batch].
   *
   * @param bias added to products of queries and keys, or null
   */
  Tensor apply(Tensor x, Tensor lengths, @Nullable Tensor bias, Dropout dropout) {
    Tensor h =
        attentionJoin.apply(
            x, dropout.child("attention"), y -> attention.apply(y, lengths, false, bias));
    return networkJoin.apply(h, dropout.child("network"), network::apply);
  }
}
