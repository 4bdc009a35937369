package dev.assay.metrics;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Summaries of samples of numbers. */
public final class Statistics {
  /** Resamples behind a bootstrap interval. */
  private static final int RESAMPLES = 1000;

  private Statistics() {}

  /**
   * A number with its 95 % interval, which holds it.
   *
   * @param low NaN where there is no interval
   * @param high NaN where there is no interval
   */
  public record Mean(double value, double low, double high) {
    /** A number of which no interval is known. */
    public static Mean withoutInterval(double value) {
      return new Mean(value, Double.NaN, Double.NaN);
    }
  }

  /** The mean of {@code x} with a percentile bootstrap interval over its items (Efron 1979). */
  public static Mean bootstrapMean(double[] x, RandomStream random) {
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    return bootstrapRatio(x, ones, random);
  }

  /**
   * Σ numerator / Σ denominator with a percentile bootstrap interval over items: for totals per
   * character or per byte of texts of unequal length. Fewer than 2 items have no interval;
   * resamples whose denominators are all 0 are left out.
   *
   * @param denominator none negative
   * @throws IllegalArgumentException if the lengths differ
   */
  public static Mean bootstrapRatio(double[] numerator, double[] denominator, RandomStream random) {
    int n = numerator.length;
    if (n != denominator.length) {
      throw new IllegalArgumentException(
          n + " numerators but " + denominator.length + " denominators");
    }
    double value = Arrays.stream(numerator).sum() / Arrays.stream(denominator).sum();
    double[] ratios = new double[RESAMPLES];
    int count = 0;
    for (int r = 0; n > 1 && r < RESAMPLES; r++) {
      double top = 0;
      double bottom = 0;
      for (int i = 0; i < n; i++) {
        int k = random.nextInt(n);
        top += numerator[k];
        bottom += denominator[k];
      }
      if (bottom > 0) {
        ratios[count++] = top / bottom;
      }
    }
    if (count == 0) {
      return Mean.withoutInterval(value);
    }
    double[] sorted = Arrays.copyOf(ratios, count);
    Arrays.sort(sorted);
    return new Mean(
        value, Math.min(value, quantile(sorted, 0.025)), Math.max(value, quantile(sorted, 0.975)));
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
}
