package dev.assay.metrics.distribution;

import dev.assay.metrics.Distances;
import dev.assay.metrics.Points;
import java.util.Arrays;

/** Wasserstein distances between samples, with the Euclidean distance as cost of moving. */
public final class Wasserstein {
  private Wasserstein() {}

  /**
   * (∫₀¹ |F⁻¹(u) − G⁻¹(u)|ᵖ du)^(1/p) of samples on the line, which need not be equally large.
   *
   * @param p at least 1
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double line(double[] x, double[] y, double p) {
    if (x.length == 0 || y.length == 0) {
      throw new IllegalArgumentException(
          "samples of %d and %d numbers; neither may be empty".formatted(x.length, y.length));
    }
    double[] a = x.clone();
    double[] b = y.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    long n = a.length;
    long m = b.length;
    double sum = 0;
    int i = 0;
    int j = 0;
    long at = 0;
    while (at < n * m) {
      // In units of 1/(n·m), the quantile functions step at multiples of m and of n.
      long next = Math.min((i + 1) * m, (j + 1) * n);
      sum += (next - at) * Math.pow(Math.abs(a[i] - b[j]), p);
      i += next == (i + 1) * m ? 1 : 0;
      j += next == (j + 1) * n ? 1 : 0;
      at = next;
    }
    return Math.pow(sum / (n * m), 1 / p);
  }

  /**
   * The exact distance of equally large samples, by optimal assignment. Time n³, memory n².
   *
   * @param p at least 1
   * @throws IllegalArgumentException if the samples are not equally large, or empty
   */
  public static double exact(Points x, Points y, double p) {
    int n = x.rows();
    if (n == 0 || n != y.rows()) {
      throw new IllegalArgumentException(
          "an exact distance needs equally many points: %d and %d".formatted(n, y.rows()));
    }
    double[][] cost = new double[n][];
    Distances.squared(
        x, y, (i, d) -> cost[i] = Arrays.stream(d).map(s -> Math.pow(s, p / 2)).toArray());
    int[] matched = Assignment.cheapest(cost);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += cost[i][matched[i]];
    }
    return Math.pow(sum / n, 1 / p);
  }

  /**
   * (mean over directions of Wₚᵖ of the projections)^(1/p) (Rabin et al. 2012).
   *
   * @param directions [any, width], of length 1
   * @param p at least 1
   */
  public static double sliced(Points x, Points y, Points directions, double p) {
    double sum = 0;
    for (int r = 0; r < directions.rows(); r++) {
      sum += Math.pow(line(project(x, directions, r), project(y, directions, r), p), p);
    }
    return Math.pow(sum / directions.rows(), 1 / p);
  }

  private static double[] project(Points points, Points directions, int r) {
    int d = points.width();
    double[] projected = new double[points.rows()];
    for (int i = 0; i < projected.length; i++) {
      for (int c = 0; c < d; c++) {
        projected[i] += points.data()[i * d + c] * directions.data()[r * d + c];
      }
    }
    return projected;
  }
}
