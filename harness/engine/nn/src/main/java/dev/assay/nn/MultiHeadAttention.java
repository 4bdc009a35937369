package dev.assay.nn;

import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention with several heads (Vaswani et al. 2017, §3.2), whose queries may share keys and
 * values in groups (Ainslie et al. 2023). Queries, keys and values come from one matrix product.
 *
 * @param qkv width → (heads + 2 groups) · depth: queries, then keys, then values
 * @param output heads · depth → width
 * @param heads query heads
 * @param groups key and value heads; a divisor of {@code heads}
 * @param rotary turns queries and keys by their positions, or null
 */
public record MultiHeadAttention(
    Linear qkv, Linear output, int heads, int groups, @Nullable Rotary rotary) {
  /**
   * @param bias whether both products have a bias, initially 0
   * @param in how the packed weight is drawn
   * @param out how the output weight is drawn
   * @throws ShapeException if the heads do not divide the width or the groups the heads
   */
  public static MultiHeadAttention create(
      ParameterStore store,
      int width,
      int heads,
      int groups,
      boolean bias,
      Initializer in,
      Initializer out) {
    if (width % heads != 0 || heads % groups != 0) {
      throw new ShapeException(
          "attention: width " + width + ", " + heads + " heads, " + groups + " groups");
    }
    int packed = width / heads * (heads + 2 * groups);
    Initializer biases = bias ? Initializer.zeros() : null;
    return new MultiHeadAttention(
        Linear.create(store.scope("qkv"), width, packed, in, biases),
        Linear.create(store.scope("out"), width, width, out, biases),
        heads,
        groups,
        null);
  }

  /** The same layer with queries and keys turned by their positions. */
  public MultiHeadAttention with(Rotary positions) {
    return new MultiHeadAttention(qkv, output, heads, groups, positions);
  }

  /** Width of one head. */
  public int depth() {
    return output.in() / heads;
  }

  /**
   * Attention within sequences: x [batch, time, width] → the same shape.
   *
   * @param lengths I32 [batch], leading tokens of each row that may be attended to; null for all
   * @param causal whether a token sees itself and earlier ones only
   */
  public Tensor apply(Tensor x, @Nullable Tensor lengths, boolean causal) {
    return apply(x, lengths, causal, null);
  }

  /**
   * The same with numbers added to the products of queries and keys.
   *
   * @param bias broadcast to [batch, heads, time, time]; null for none
   */
  public Tensor apply(Tensor x, @Nullable Tensor lengths, boolean causal, @Nullable Tensor bias) {
    Tensor packed = heads(x, null);
    Tensor query = packed.slice(1, 0, heads);
    Tensor key = packed.slice(1, heads, groups);
    Tensor value = packed.slice(1, heads + groups, groups);
    return merge(attention(query, key, value, lengths, causal, bias));
  }

  private Tensor attention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor lengths,
      boolean causal,
      @Nullable Tensor bias) {
    float scale = (float) (1 / Math.sqrt(depth()));
    return bias == null
        ? Tensors.attention(query, key, value, lengths, scale, causal)
        : Tensors.biasedAttention(query, key, value, lengths, bias, scale, causal);
  }

  /** What one decoding step gives: y [batch, 1, width] and the cache's new contents. */
  public record Step(Tensor y, Map<Variable, Tensor> assigns) {}

  /**
   * Attention of one new token of each row to itself and the tokens before it in the cache.
   *
   * @param x [batch, 1, width]
   * @param positions I32 [batch]: the token's place, 0 … cache length − 1
   */
  public Step step(Tensor x, KvCache cache, Tensor positions) {
    return step(x, cache, positions, null);
  }

  /**
   * The same with numbers added to the products of queries and keys.
   *
   * @param bias broadcast to [batch, heads, 1, cache length]; null for none
   */
  public Step step(Tensor x, KvCache cache, Tensor positions, @Nullable Tensor bias) {
    Tensor packed = heads(x, positions);
    KvCache.Updated seen =
        cache.put(
            packed.slice(1, heads, groups), packed.slice(1, heads + groups, groups), positions);
    Tensor lengths = positions.toFloat().add(1).toInt();
    Tensor query = packed.slice(1, 0, heads);
    Tensor y = attention(query, seen.keys(), seen.values(), lengths, false, bias);
    return new Step(merge(y), seen.assigns());
  }

  /**
   * [batch, time, width] → [batch, heads + 2 groups, time, depth].
   *
   * @param at positions of single tokens; null where token t stands at position t
   */
  private Tensor heads(Tensor x, @Nullable Tensor at) {
    Tensor packed = qkv.apply(x).reshape(x.dim(0), x.dim(1), heads + 2 * groups, depth());
    if (rotary != null) {
      Tensor turned = packed.slice(2, 0, heads + groups);
      packed =
          Tensor.concat(
              2,
              at == null ? rotary.apply(turned) : rotary.apply(turned, at),
              packed.slice(2, heads + groups, groups));
    }
    return packed.permute(0, 2, 1, 3);
  }

  /** [batch, heads, time, depth] → [batch, time, width]. */
  private Tensor merge(Tensor y) {
    return output.apply(y.permute(0, 2, 1, 3).reshape(y.dim(0), y.dim(2), heads * depth()));
  }
}
