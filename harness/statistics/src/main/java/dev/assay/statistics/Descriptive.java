package dev.assay.statistics;

import java.util.Arrays;

/** Summaries of a list of numbers. None of them changes its argument. */
public final class Descriptive {
  private static final double TRIMMED = 0.25;

  private Descriptive() {}

  /** Arithmetic mean; NaN of none. */
  public static double mean(double... x) {
    return Arrays.stream(x).sum() / x.length;
  }

  /** Standard deviation with divisor n − 1; NaN of fewer than two. */
  public static double deviation(double... x) {
    if (x.length < 2) {
      return Double.NaN;
    }
    double mean = mean(x);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
  }

  /**
   * Interquartile mean: the mean after ⌊n / 4⌋ of the values are dropped at each end (Agarwal et
   * al. 2021, "Deep reinforcement learning at the edge of the statistical precipice").
   *
   * @param x scores of all runs and tasks, pooled
   */
  public static double iqm(double... x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int dropped = (int) Math.floor(TRIMMED * sorted.length);
    return mean(Arrays.copyOfRange(sorted, dropped, sorted.length - dropped));
  }

  /**
   * A quantile of sorted values, interpolated linearly (Hyndman and Fan 1996, type 7); NaN of none.
   *
   * @param p from 0 to 1
   */
  public static double quantile(double[] sorted, double p) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = p * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The middle value; NaN of none. */
  public static double median(double... x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    return quantile(sorted, 0.5);
  }
}
