package dev.assay.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The p-values between which a decision is open. One that is outside need not be known: the test's
 * statistic tells on which side it lies.
 */
public final class PRange {
  /** Far more than the rounding of a statistic or a quantile, as a share. */
  private static final double MARGIN = 1e-6;

  private final double least;
  private final double most;

  /** Squares of Student's statistic, by degrees of freedom: less is too much, more too little. */
  private final Bounds[] bounds = new Bounds[PairedTests.EXACT];

  private record Bounds(double less, double more) {}

  /**
   * @param least positive
   * @param most at least {@code least}, below 1
   */
  public PRange(double least, double most) {
    this.least = least;
    this.most = most;
  }

  /**
   * The p of Student's paired test, but 0 where it is less than the least and 1 where it is greater
   * than the most.
   *
   * @param differences at least two
   */
  public double t(double[] differences) {
    int n = differences.length;
    if (n > 1 && n <= bounds.length) {
      double square = square(differences);
      Bounds known = bounds(n - 1);
      if (square > known.more()) {
        return 0;
      }
      if (square < known.less()) {
        return 1;
      }
    }
    return PairedTests.t(differences).p();
  }

  /** Of the statistic; NaN where all differences are 0. */
  private static double square(double[] differences) {
    int n = differences.length;
    double sum = 0;
    for (double d : differences) {
      sum += d;
    }
    double mean = sum / n;
    double squares = 0;
    for (double d : differences) {
      squares += (d - mean) * (d - mean);
    }
    return n * (n - 1.0) * mean * mean / squares;
  }

  private Bounds bounds(int freedom) {
    Bounds known = bounds[freedom];
    if (known == null) {
      TDistribution student = TDistribution.of(freedom);
      double less = student.inverseSurvivalProbability(most / 2);
      double more = student.inverseSurvivalProbability(least / 2);
      known = new Bounds(less * less * (1 - MARGIN), more * more * (1 + MARGIN));
      bounds[freedom] = known;
    }
    return known;
  }
}
