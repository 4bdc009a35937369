package dev.assay.metrics;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Random points. */
final class Clouds {
  private Clouds() {}

  /** Standard normal coordinates plus a shift. */
  static Points normal(int rows, int width, double shift, long seed) {
    RandomStream random = RandomStream.root(seed);
    double[] data = new double[rows * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextGaussian() + shift;
    }
    return new Points(rows, width, data);
  }

  static float[] floats(int count, double shift, long seed) {
    double[] data = normal(count, 1, shift, seed).data();
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) data[i];
    }
    return floats;
  }

  static Points constant(int rows, int width, double value) {
    double[] data = new double[rows * width];
    Arrays.fill(data, value);
    return new Points(rows, width, data);
  }

  static Points reversed(Points points) {
    int width = points.width();
    double[] data = new double[points.data().length];
    for (int i = 0; i < points.rows(); i++) {
      System.arraycopy(points.data(), i * width, data, (points.rows() - 1 - i) * width, width);
    }
    return new Points(points.rows(), width, data);
  }
}
