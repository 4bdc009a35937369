package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** Positions as sines of the even and cosines of the odd numbers. Vaswani et al. 2017, §3.5. */
public final class Sinusoids {
  private static final double WAVES = 10_000;

  private Sinusoids() {}

  /** [context, width]. */
  public static Tensor of(int context, int width) {
    float[] values = new float[context * width];
    for (int i = 0; i < values.length; i++) {
      int column = i % width;
      double angle = i / width * Math.pow(WAVES, -(column - column % 2) / (double) width);
      values[i] = (float) (column % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
    }
    return Tensor.constant(values, Shape.of(context, width));
  }
}
