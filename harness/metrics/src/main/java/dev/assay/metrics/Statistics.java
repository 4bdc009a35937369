package dev.assay.metrics;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

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
    double[][] items = new double[n][];
    Arrays.setAll(items, i -> new double[] {numerator[i], denominator[i]});
    double value = Arrays.stream(numerator).sum() / Arrays.stream(denominator).sum();
    return interval(value, items, sums -> sums[1] > 0 ? sums[0] / sums[1] : Double.NaN, random);
  }

  /**
   * A number made of sums over items, such as a score of a corpus, with a percentile bootstrap
   * interval over items. Fewer than 2 items have no interval.
   *
   * @param items [n, counts], n at least 1
   * @param score of the sums [counts]; resamples for which it is NaN are left out
   */
  public static Mean bootstrapSums(
      double[][] items, ToDoubleFunction<double[]> score, RandomStream random) {
    double[] sums = new double[items[0].length];
    for (double[] item : items) {
      add(item, sums);
    }
    return interval(score.applyAsDouble(sums), items, score, random);
  }

  private static Mean interval(
      double value, double[][] items, ToDoubleFunction<double[]> score, RandomStream random) {
    int n = items.length;
    double[] resampled = new double[RESAMPLES];
    int count = 0;
    for (int r = 0; n > 1 && r < RESAMPLES; r++) {
      double[] sums = new double[items[0].length];
      for (int i = 0; i < n; i++) {
        add(items[random.nextInt(n)], sums);
      }
      double scored = score.applyAsDouble(sums);
      if (!Double.isNaN(scored)) {
        resampled[count++] = scored;
      }
    }
    if (count == 0) {
      return Mean.withoutInterval(value);
    }
    double[] sorted = Arrays.copyOf(resampled, count);
    Arrays.sort(sorted);
    return new Mean(
        value, Math.min(value, quantile(sorted, 0.025)), Math.max(value, quantile(sorted, 0.975)));
  }

  private static void add(double[] item, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += item[c];
    }
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
