package dev.assay.metrics.distribution;

import java.util.Arrays;

/** The largest gap between two empirical distribution functions. */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * sup |F − G|, from 0 to 1.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double distance(double[] x, double[] y) {
    if (x.length == 0 || y.length == 0) {
      throw new IllegalArgumentException(
          "samples of %d and %d numbers; neither may be empty".formatted(x.length, y.length));
    }
    double[] a = x.clone();
    double[] b = y.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    double most = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      // Both functions step over all equal values at once; 0 and −0 are equal.
      while (i < a.length && a[i] <= at) {
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      most = Math.max(most, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return most;
  }
}
