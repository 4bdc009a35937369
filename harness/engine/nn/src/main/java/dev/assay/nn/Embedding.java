package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * A vector for each token.
 *
 * @param table [tokens, width]
 */
public record Embedding(Parameter table) {
  public static Embedding create(
      ParameterStore store, int tokens, int width, Initializer initializer) {
    return new Embedding(store.parameter("weight", Shape.of(tokens, width), initializer));
  }

  public int tokens() {
    return table.shape().dim(0);
  }

  /** Indices I32 [..] → [.., width]; an index outside the table gives zeros. */
  public Tensor apply(Tensor indices) {
    return table.value().gather(indices);
  }

  /**
   * Logits by the same vectors: h [.., width] → [.., tokens]. Press and Wolf 2017, §3 (weight
   * tying).
   */
  public Tensor logits(Tensor h) {
    return h.matmul(table.value().transpose(0, 1));
  }
}
