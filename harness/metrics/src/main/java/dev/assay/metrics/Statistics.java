package dev.assay.metrics;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Summaries of samples of numbers. */
public final class Statistics {
  /** Resamples behind a bootstrap interval. */
  private static final int RESAMPLES = 1000;

  private Statistics() {}

  /** A mean with its 95 % interval; the ends are NaN where there are fewer than 2 values. */
  public record Mean(double value, double low, double high) {}

  /** The mean of a sample. */
  public static double mean(double[] x) {
    return Arrays.stream(x).sum() / x.length;
  }

  /** The median of a sample; the mean of the middle two of an even number. */
  public static double median(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The mean of {@code x} with a percentile bootstrap interval over its items (Efron 1979). */
  public static Mean bootstrapMean(double[] x, RandomStream random) {
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    return bootstrapRatio(x, ones, random);
  }

  /**
   * Σ numerator / Σ denominator with a percentile bootstrap interval over items: for totals per
   * character or per byte of texts of unequal length.
   */
  public static Mean bootstrapRatio(double[] numerator, double[] denominator, RandomStream random) {
    int n = numerator.length;
    double value = Arrays.stream(numerator).sum() / Arrays.stream(denominator).sum();
    if (n < 2) {
      return new Mean(value, Double.NaN, Double.NaN);
    }
    double[] ratios = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double top = 0;
      double bottom = 0;
      for (int i = 0; i < n; i++) {
        int k = random.nextInt(n);
        top += numerator[k];
        bottom += denominator[k];
      }
      ratios[r] = top / bottom;
    }
    Arrays.sort(ratios);
    return new Mean(value, quantile(ratios, 0.025), quantile(ratios, 0.975));
  }

  /** A quantile of sorted values, interpolated linearly (Hyndman and Fan 1996, type 7). */
  public static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
