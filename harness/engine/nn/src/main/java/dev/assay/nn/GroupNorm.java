package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * Group normalisation. Wu and He 2018, eq. 7.
 *
 * @param groups a divisor of the channel count
 * @param gain [channels], initially 1
 * @param bias [channels], initially 0
 * @param epsilon added to the variance
 */
public record GroupNorm(int groups, Parameter gain, Parameter bias, float epsilon) {
  private static final float EPSILON = 1e-5f;

  /**
   * @throws ShapeException if the groups do not divide the channels
   */
  public static GroupNorm create(ParameterStore store, int channels, int groups) {
    if (groups < 1 || channels % groups != 0) {
      throw new ShapeException("group norm: " + channels + " channels in " + groups + " groups");
    }
    Shape shape = Shape.of(channels);
    return new GroupNorm(
        groups,
        store.parameter("weight", shape, Initializer.ones()),
        store.parameter("bias", shape, Initializer.zeros()),
        EPSILON);
  }

  /** x [n, h, w, channels] → the same shape. */
  public Tensor apply(Tensor x) {
    return Tensors.groupNorm(x, groups, gain.value(), bias.value(), epsilon);
  }
}
