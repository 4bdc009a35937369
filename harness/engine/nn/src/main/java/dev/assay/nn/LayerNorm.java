package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation. Ba et al. 2016, eq. 4.
 *
 * @param gain [width], initially 1
 * @param bias [width], initially 0, or null
 * @param epsilon added to the variance
 */
public record LayerNorm(Parameter gain, @Nullable Parameter bias, float epsilon) {
  private static final float EPSILON = 1e-5f;

  public static LayerNorm create(ParameterStore store, int width, boolean bias) {
    Shape shape = Shape.of(width);
    return new LayerNorm(
        store.parameter("weight", shape, Initializer.ones()),
        bias ? store.parameter("bias", shape, Initializer.zeros()) : null,
        EPSILON);
  }

  /** x [.., width] → [.., width]. */
  public Tensor apply(Tensor x) {
    return Tensors.layerNorm(x, gain.value(), bias == null ? null : bias.value(), epsilon);
  }
}
