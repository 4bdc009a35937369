package dev.assay.metrics.distribution;

import dev.assay.metrics.Points;

/**
 * Squared maximum mean discrepancy with the kernel (x·y/d + 1)³; of features of images it is the
 * KID (Bińkowski et al. 2018).
 *
 * @param unbiased without pairs of a point with itself, but all pairs of one point of each; may be
 *     negative; NaN with fewer than 2 points of either
 * @param biased all pairs; never negative but for rounding
 * @param uStatistic also without the pairs (xᵢ, yᵢ), for equal counts; NaN otherwise
 */
public record Kernel(double unbiased, double biased, double uStatistic) {
  /**
   * The discrepancy of two samples in one block. Time n²·d, no memory to speak of.
   *
   * @throws IllegalArgumentException if the points differ in width
   */
  public static Kernel polynomial(Points x, Points y) {
    if (x.width() != y.width()) {
      throw new IllegalArgumentException(
          "points of %d coordinates against points of %d".formatted(x.width(), y.width()));
    }
    double n = x.rows();
    double m = y.rows();
    double diagonalX = diagonal(x, x);
    double diagonalY = diagonal(y, y);
    double xx = sum(x, x);
    double yy = sum(y, y);
    double xy = sum(x, y);
    double within = (xx - diagonalX) / (n * (n - 1)) + (yy - diagonalY) / (m * (m - 1));
    return new Kernel(
        within - 2 * xy / (n * m),
        xx / (n * n) + yy / (m * m) - 2 * xy / (n * m),
        n == m ? within - 2 * (xy - diagonal(x, y)) / (n * (n - 1)) : Double.NaN);
  }

  private static double sum(Points x, Points y) {
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < y.rows(); j++) {
        sum += kernel(x, i, y, j);
      }
    }
    return sum;
  }

  private static double diagonal(Points x, Points y) {
    double sum = 0;
    for (int i = 0; i < Math.min(x.rows(), y.rows()); i++) {
      sum += kernel(x, i, y, i);
    }
    return sum;
  }

  private static double kernel(Points x, int i, Points y, int j) {
    int d = x.width();
    double dot = 0;
    for (int c = 0; c < d; c++) {
      dot += x.data()[i * d + c] * y.data()[j * d + c];
    }
    double base = dot / d + 1;
    return base * base * base;
  }
}
