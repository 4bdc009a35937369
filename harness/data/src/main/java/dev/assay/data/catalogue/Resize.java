package dev.assay.data.catalogue;

import dev.assay.spi.Values;
import dev.assay.tensor.Shape;

/** Makes images smaller. */
final class Resize {
  private Resize() {}

  /**
   * Each new pixel is the mean over the area that it covers, rounded to a level.
   *
   * @param images item shape [height, width, channels]
   * @param margin pixels at each border that are left out; what remains is no smaller than the new
   *     sides
   */
  static Values.Dense inner(Values.Dense images, int margin, int height, int width) {
    int[] from = {images.item().dim(0), images.item().dim(1)};
    int channels = images.item().dim(2);
    double[][] down = shares(from[0], margin, height);
    double[][] across = shares(from[1], margin, width);
    int size = height * width * channels;
    float[] data = new float[images.count() * size];
    for (int i = 0; i < data.length; i++) {
      int at = i % size;
      double[] ys = down[at / channels / width];
      double[] xs = across[at / channels % width];
      double sum = 0;
      for (int y = 0; y < from[0]; y++) {
        for (int x = 0; ys[y] > 0 && x < from[1]; x++) {
          int pixel = (i / size * from[0] + y) * from[1] + x;
          sum += ys[y] * xs[x] * images.data()[pixel * channels + at % channels];
        }
      }
      data[i] = Math.round(sum);
    }
    return new Values.Dense(Shape.of(height, width, channels), data);
  }

  /** For each new place, which share of it each old one fills. */
  private static double[][] shares(int from, int margin, int to) {
    double[][] shares = new double[to][from];
    double extent = (from - 2.0 * margin) / to;
    for (int t = 0; t < to; t++) {
      for (int f = 0; f < from; f++) {
        double overlap =
            Math.min(margin + (t + 1) * extent, f + 1) - Math.max(margin + t * extent, f);
        shares[t][f] = Math.max(0, overlap) / extent;
      }
    }
    return shares;
  }
}
