package dev.assay.plugins.transformer.translation;

import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** How the tokens of one side know their places: by their vectors, or by their attention. */
public interface Places {
  /** Vectors of tokens at places 0, 1, …, with what tells the places: x [batch, time, width]. */
  Tensor embedded(Tensor x);

  /**
   * The same of one token per row, x [rows, width].
   *
   * @param at I32 [rows]
   * @param context more than any place
   */
  Tensor embedded(Tensor x, Tensor at, int context);

  /** What is added to products of queries and keys, [heads, time, time]; null for nothing. */
  @Nullable Tensor bias(int time);

  /**
   * The same of one query per row, [rows, heads, 1, context].
   *
   * @param at I32 [rows]
   */
  @Nullable Tensor bias(Tensor at, int context);
}
