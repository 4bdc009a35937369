package dev.assay.nn;

import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Attention of one sequence to another: queries come from x, keys and values from a memory. Vaswani
 * et al. 2017, §3.2.3.
 *
 * @param query width → heads · depth
 * @param memory width → 2 heads · depth: keys, then values
 * @param output heads · depth → width
 */
public record CrossAttention(Linear query, Linear memory, Linear output, int heads) {
  /**
   * @param bias whether the products have a bias, initially 0
   * @throws ShapeException if the heads do not divide the width
   */
  public static CrossAttention create(
      ParameterStore store, int width, int heads, boolean bias, Initializer in, Initializer out) {
    if (width % heads != 0) {
      throw new ShapeException("attention: width " + width + ", " + heads + " heads");
    }
    @Nullable Initializer biases = bias ? Initializer.zeros() : null;
    return new CrossAttention(
        Linear.create(store.scope("query"), width, width, in, biases),
        Linear.create(store.scope("memory"), width, 2 * width, in, biases),
        Linear.create(store.scope("out"), width, width, out, biases),
        heads);
  }

  /** Width of one head. */
  public int depth() {
    return output.in() / heads;
  }

  /**
   * Keys and values of a memory [batch, length, width], packed: [batch, length, 2 heads, depth].
   */
  public Tensor packed(Tensor source) {
    return memory.apply(source).reshape(source.dim(0), source.dim(1), 2 * heads, depth());
  }

  /**
   * x [batch, time, width] → the same shape.
   *
   * @param packed keys and values, as {@link #packed} gives them
   * @param lengths I32 [batch], leading tokens of each memory that may be attended to; null for all
   */
  public Tensor apply(Tensor x, Tensor packed, @Nullable Tensor lengths) {
    Tensor q = query.apply(x).reshape(x.dim(0), x.dim(1), heads, depth()).permute(0, 2, 1, 3);
    Tensor kv = packed.permute(0, 2, 1, 3);
    float scale = (float) (1 / Math.sqrt(depth()));
    Tensor y =
        Tensors.attention(
            q, kv.slice(1, 0, heads), kv.slice(1, heads, heads), lengths, scale, false);
    return output.apply(y.permute(0, 2, 1, 3).reshape(x.dim(0), x.dim(1), heads * depth()));
  }
}
