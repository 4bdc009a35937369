package dev.assay.plugins.transformer.translation;

import dev.assay.nn.CrossAttention;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attention to the target so far, attention to the source, and a feed-forward network. Vaswani et
 * al. 2017, §3.1.
 */
record DecoderLayer(
    MultiHeadAttention attention,
    Residual attentionJoin,
    CrossAttention cross,
    Residual crossJoin,
    FeedForward network,
    Residual networkJoin) {
  static DecoderLayer create(ParameterStore store, LayerStyle style) {
    Initializer weight = LayerStyle.weights();
    return new DecoderLayer(
        style.attention(store.scope("attention")),
        style.join(store.scope("attention_norm")),
        CrossAttention.create(
            store.scope("cross"), style.width(), style.heads(), !style.plain(), weight, weight),
        style.join(store.scope("cross_norm")),
        FeedForward.create(store.scope("network"), style),
        style.join(store.scope("network_norm")));
  }

  /**
   * x [batch, time, width] → the same shape.
   *
   * @param memory keys and values of the source, as {@link CrossAttention#packed} gives them
   * @param lengths I32 [batch], tokens of each source
   * @param bias added to products of queries and keys of the target, or null
   */
  Tensor apply(Tensor x, Tensor memory, Tensor lengths, @Nullable Tensor bias, Dropout dropout) {
    Tensor h =
        attentionJoin.apply(
            x, dropout.child("attention"), y -> attention.apply(y, null, true, bias));
    return rest(h, memory, lengths, dropout);
  }

  private Tensor rest(Tensor h, Tensor memory, Tensor lengths, Dropout dropout) {
    Tensor seen = crossJoin.apply(h, dropout.child("cross"), y -> cross.apply(y, memory, lengths));
    return networkJoin.apply(seen, dropout.child("network"), network::apply);
  }

  /** What one decoding step gives: y [rows, 1, width] and the cache's new contents. */
  record Step(Tensor y, Map<Variable, Tensor> assigns) {}

  /** The same of one token per row, x [rows, 1, width], at I32 positions [rows]. */
  Step step(
      Tensor x,
      KvCache cache,
      Tensor positions,
      Tensor memory,
      Tensor lengths,
      @Nullable Tensor bias) {
    MultiHeadAttention.Step mixed =
        attention.step(
            attentionJoin.before() ? attentionJoin.norm().apply(x) : x, cache, positions, bias);
    Tensor h = x.add(mixed.y());
    h = attentionJoin.before() ? h : attentionJoin.norm().apply(h);
    return new Step(rest(h, memory, lengths, Dropout.none()), mixed.assigns());
  }
}
