package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * W + (α / r) A B with A [in, r] and B [r, out], of which W stays as it is. Hu et al. 2022 (LoRA),
 * §4.1: A begins normal, B at zero, so that nothing changes at first.
 *
 * @param rank r; 0 adds nothing, so that nothing is trained
 * @param alpha α, positive
 */
public record LowRank(int rank, double alpha) {
  public LowRank {
    if (rank < 0 || !(alpha > 0)) {
      throw new IllegalArgumentException(
          "rank " + rank + " must not be negative, and alpha " + alpha + " must be positive");
    }
  }

  /** The adapted matrix, whose factors are new parameters of {@code store}; of a rank not 0. */
  Tensor adapted(Parameter matrix, ParameterStore store) {
    int in = matrix.shape().dim(0);
    int out = matrix.shape().dim(1);
    Initializer normal = Initializer.normal(1 / Math.sqrt(in));
    Parameter a = store.parameter("a", Shape.of(in, rank), normal);
    Parameter b = store.parameter("b", Shape.of(rank, out), Initializer.zeros());
    Tensor product = a.value().matmul(b.value());
    return matrix.value().add(product.mul((float) (alpha / rank)));
  }
}
