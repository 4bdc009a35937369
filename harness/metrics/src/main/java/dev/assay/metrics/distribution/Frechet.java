package dev.assay.metrics.distribution;

import dev.assay.metrics.Points;

/**
 * The squared Fréchet distance between Gaussians, which is the squared 2-Wasserstein distance
 * (Dowson and Landau 1982); of features of images it is the FID (Heusel et al. 2017).
 */
public final class Frechet {
  private Frechet() {}

  /**
   * |μ₁ − μ₂|² + tr S₁ + tr S₂ − 2 tr (S₁^½ S₂ S₁^½)^½, at least 0; no outer square root, and
   * nothing added to the diagonals.
   *
   * @throws IllegalArgumentException if the Gaussians differ in width
   */
  public static double distance(Gaussian first, Gaussian second) {
    int d = first.mean().length;
    if (d != second.mean().length) {
      throw new IllegalArgumentException(
          "a Gaussian of %d coordinates against one of %d".formatted(d, second.mean().length));
    }
    double shift = 0;
    for (int c = 0; c < d; c++) {
      double difference = first.mean()[c] - second.mean()[c];
      shift += difference * difference;
    }
    double spread = first.variance() + second.variance() - 2 * first.overlap(second);
    return shift + Math.max(0, spread);
  }

  /**
   * The distance of the Gaussians fitted to two samples, with the divisor n − 1. Biased upwards,
   * the more so the fewer points there are.
   *
   * @throws IllegalArgumentException for fewer than 2 points of either, or of unequal widths
   */
  public static double distance(Points x, Points y) {
    return distance(Gaussian.fit(x), Gaussian.fit(y));
  }

  /**
   * A least-squares line through distances at several sample counts, over 1/n (Chong and Forsyth
   * 2020).
   *
   * @param limit the intercept: the distance at infinitely many samples
   * @param slope growth of the distance with 1/n
   */
  public record Extrapolation(double limit, double slope) {}

  /**
   * Extrapolates to infinitely many samples.
   *
   * @param counts sample counts, at least 2 different ones
   * @param distances the distance at each
   * @throws IllegalArgumentException if the lengths differ or all counts are equal
   */
  public static Extrapolation extrapolate(double[] counts, double[] distances) {
    int n = counts.length;
    if (n != distances.length) {
      throw new IllegalArgumentException(n + " counts but " + distances.length + " distances");
    }
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += 1 / counts[i] / n;
      meanY += distances[i] / n;
    }
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      double x = 1 / counts[i] - meanX;
      xx += x * x;
      xy += x * (distances[i] - meanY);
    }
    if (!(xx > 0)) {
      throw new IllegalArgumentException("an extrapolation needs at least 2 different counts");
    }
    return new Extrapolation(meanY - xy / xx * meanX, xy / xx);
  }
}
