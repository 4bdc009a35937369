package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * Root mean square normalisation. Zhang and Sennrich 2019, eq. 4.
 *
 * @param gain [width], initially 1
 * @param epsilon added to the mean square
 */
public record RmsNorm(Parameter gain, float epsilon) {
  private static final float EPSILON = 1e-6f;

  public static RmsNorm create(ParameterStore store, int width) {
    return new RmsNorm(store.parameter("weight", Shape.of(width), Initializer.ones()), EPSILON);
  }

  /** x [.., width] → [.., width]. */
  public Tensor apply(Tensor x) {
    return Tensors.rmsNorm(x, gain.value(), epsilon);
  }
}
