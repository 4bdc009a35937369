package dev.assay.statistics;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A number whose distance from the truth, divided by a standard error, has Student's distribution.
 *
 * @param error standard error; 0 for a number that is certain
 * @param freedom degrees of freedom; infinite for the normal distribution
 */
public record Estimate(double value, double error, double freedom) {
  /**
   * The mean of independent numbers.
   *
   * @param x at least two
   */
  public static Estimate ofMean(double... x) {
    return new Estimate(
        Descriptive.mean(x), Descriptive.deviation(x) / Math.sqrt(x.length), x.length - 1.0);
  }

  /**
   * Mean of the first − mean of the second, two independent groups of unequal variances (Welch
   * 1947).
   *
   * @param first at least two
   * @param second at least two
   */
  public static Estimate ofDifference(double[] first, double[] second) {
    double a = square(Descriptive.deviation(first)) / first.length;
    double b = square(Descriptive.deviation(second)) / second.length;
    double freedom =
        a + b == 0
            ? first.length + second.length - 2
            : square(a + b) / (square(a) / (first.length - 1) + square(b) / (second.length - 1));
    return new Estimate(
        Descriptive.mean(first) - Descriptive.mean(second), Math.sqrt(a + b), freedom);
  }

  /** A number with a known, normal error. */
  public static Estimate normal(double value, double error) {
    return new Estimate(value, error, Double.POSITIVE_INFINITY);
  }

  /** One-sided p of a truth that is at most 0. */
  public double pOfNotAbove() {
    return tail(value);
  }

  /** One-sided p of a truth that is at least 0. */
  public double pOfNotBelow() {
    return tail(-value);
  }

  /** Two-sided p of a truth that is 0. */
  public double pOfZero() {
    return value == 0 ? 1 : Math.min(1, 2 * tail(Math.abs(value)));
  }

  private double tail(double size) {
    return error == 0 ? size > 0 ? 0 : 1 : distribution().survivalProbability(size / error);
  }

  public Interval interval(double confidence) {
    double half =
        error == 0 ? 0 : error * distribution().inverseSurvivalProbability((1 - confidence) / 2);
    return new Interval(value - half, value + half);
  }

  private ContinuousDistribution distribution() {
    return Double.isInfinite(freedom) ? NormalDistribution.of(0, 1) : TDistribution.of(freedom);
  }

  private static double square(double x) {
    return x * x;
  }
}
