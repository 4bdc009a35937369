package dev.assay.nn;

import dev.assay.tensor.Tensor;
import java.util.List;

/** Bounds on gradients before an update. */
public final class Clip {
  /** Keeps the quotient finite at a zero gradient. */
  private static final float EPSILON = 1e-6f;

  private Clip() {}

  /**
   * Gradients and the norm they had.
   *
   * @param norm of all gradients together before clipping, a scalar
   */
  public record ByNorm(List<Tensor> gradients, Tensor norm) {}

  /**
   * All gradients scaled by the one factor min(1, max / norm). Pascanu et al. 2013, algorithm 1.
   *
   * @param max largest allowed norm of all gradients together, positive
   */
  public static ByNorm norm(List<Tensor> gradients, double max) {
    Tensor norm = norm(gradients);
    Tensor factor = Tensor.scalar((float) max).div(norm.add(EPSILON)).min(1);
    return new ByNorm(gradients.stream().map(g -> g.mul(factor)).toList(), norm);
  }

  /** √ Σ g², over all elements of all gradients: a scalar. */
  public static Tensor norm(List<Tensor> gradients) {
    return gradients.stream()
        .map(g -> g.square().sum())
        .reduce(Tensor::add)
        .orElse(Tensor.scalar(0))
        .sqrt();
  }

  /**
   * Each element forced into [−max, max].
   *
   * @param max positive
   */
  public static List<Tensor> value(List<Tensor> gradients, double max) {
    return gradients.stream()
        .map(g -> g.max((float) -max).min(Tensor.scalar((float) max)))
        .toList();
  }
}
