package dev.assay.data.prepare;

import dev.assay.spi.Values;

/** Means and deviations of training data. */
final class Scaling {
  /** Deviations below this part of 1 + |mean| are taken for rounding errors of a constant. */
  private static final double NEGLIGIBLE = 1e-6;

  private Scaling() {}

  /** Leaves numbers as they are. */
  static Transform.Standardize none() {
    return new Transform.Standardize(new double[] {0}, new double[] {1});
  }

  /** Each column's own. A constant column is shifted to 0 and keeps its unit. */
  static Transform.Standardize perColumn(Values.Dense train) {
    int width = train.width();
    int count = train.count();
    double[] mean = new double[width];
    double[] squares = new double[width];
    for (int i = 0; i < train.data().length; i++) {
      mean[i % width] += train.data()[i];
    }
    for (int j = 0; j < width; j++) {
      mean[j] /= count;
    }
    for (int i = 0; i < train.data().length; i++) {
      double gap = train.data()[i] - mean[i % width];
      squares[i % width] += gap * gap / count;
    }
    double[] deviation = new double[width];
    for (int j = 0; j < width; j++) {
      double root = Math.sqrt(squares[j]);
      deviation[j] = root < NEGLIGIBLE * (1 + Math.abs(mean[j])) ? 1 : root;
    }
    return new Transform.Standardize(mean, deviation);
  }

  /**
   * One mean and deviation for all pixels, of levels plus uniform noise, whose mean ½ and variance
   * 1/12 are added exactly instead of being drawn.
   *
   * <p>One for all, since a pixel is comparable with its neighbours, as convolutions assume, and
   * since the pixels of a margin that never change would have their bare noise blown up to unit
   * deviation.
   */
  static Transform.Standardize wholeImage(Values.Dense train) {
    double mean = 0;
    for (float level : train.data()) {
      mean += level;
    }
    mean /= train.data().length;
    double variance = 0;
    for (float level : train.data()) {
      variance += (level - mean) * (level - mean);
    }
    variance /= train.data().length;
    return new Transform.Standardize(
        new double[] {mean + 0.5}, new double[] {Math.sqrt(variance + 1.0 / 12)});
  }
}
