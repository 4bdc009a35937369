package dev.assay.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A range that holds an unknown number with a stated probability.
 *
 * @param low at most {@code high}
 */
public record Interval(double low, double high) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * Student's interval of a mean.
   *
   * @param confidence such as 0.95
   * @param x at least two values
   */
  public static Interval student(double confidence, double... x) {
    if (x.length < 2) {
      throw new IllegalArgumentException("an interval needs two values: " + x.length);
    }
    return Estimate.ofMean(x).interval(confidence);
  }

  /**
   * The middle part of a bootstrap distribution (Efron 1979).
   *
   * @param statistics of resamples, in any order
   */
  public static Interval percentile(double confidence, double... statistics) {
    double[] sorted = statistics.clone();
    Arrays.sort(sorted);
    double tail = (1 - confidence) / 2;
    return new Interval(Descriptive.quantile(sorted, tail), Descriptive.quantile(sorted, 1 - tail));
  }

  /** The standard error behind an interval that a normal distribution gave. */
  public double normalError(double confidence) {
    return (high - low) / (2 * NORMAL.inverseSurvivalProbability((1 - confidence) / 2));
  }

  public boolean holds(double value) {
    return low <= value && value <= high;
  }
}
