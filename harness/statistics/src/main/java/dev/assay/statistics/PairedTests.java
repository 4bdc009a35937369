package dev.assay.statistics;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Two-sided p-values of the differences of pairs. */
public final class PairedTests {
  /** Up to this many pairs all sign patterns are gone through; a million of them. */
  public static final int EXACT = 20;

  private static final int ROUNDS = 10_000;

  private static final int BITS = 30;

  /** Sums of equal terms in another order may differ by this share. */
  private static final double ROUNDING = 1e-12;

  private PairedTests() {}

  /**
   * @param statistic mean difference over its standard error; infinite for a constant difference
   * @param p two-sided
   */
  public record T(double statistic, double p) {}

  /** Differences first − second. */
  public static double[] differences(double[] first, double[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "pairs need equally many items: " + first.length + " and " + second.length);
    }
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    return differences;
  }

  /**
   * Student's paired test.
   *
   * @param differences at least two
   */
  public static T t(double[] differences) {
    int n = differences.length;
    if (n < 2) {
      throw new IllegalArgumentException("Student's test needs two pairs: " + n);
    }
    double mean = Descriptive.mean(differences);
    double error = Descriptive.deviation(differences) / Math.sqrt(n);
    if (error == 0) {
      return mean == 0 ? new T(0, 1) : new T(Math.copySign(Double.POSITIVE_INFINITY, mean), 0);
    }
    double statistic = mean / error;
    double tail = TDistribution.of(n - 1.0).survivalProbability(Math.abs(statistic));
    return new T(statistic, Math.min(1, 2 * tail));
  }

  /**
   * Fisher's permutation test of the mean difference over all sign patterns.
   *
   * @param differences from 1 to {@link #EXACT}
   */
  public static double signFlip(double[] differences) {
    int n = differences.length;
    if (n > EXACT) {
      throw new IllegalArgumentException(
          n + " pairs have too many sign patterns; at most " + EXACT);
    }
    double observed = Math.abs(Arrays.stream(differences).sum()) * (1 - ROUNDING);
    int extreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >>> i & 1) == 0 ? differences[i] : -differences[i];
      }
      if (Math.abs(sum) >= observed) {
        extreme++;
      }
    }
    return (double) extreme / (1 << n);
  }

  /**
   * As {@link #signFlip(double[])}, over 10,000 random patterns and the one observed; of any number
   * of pairs.
   */
  public static double signFlip(double[] differences, IntUnaryOperator draw) {
    double observed = Math.abs(Arrays.stream(differences).sum()) * (1 - ROUNDING);
    int extreme = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      int bits = 0;
      for (int i = 0; i < differences.length; i++) {
        if (i % BITS == 0) {
          bits = draw.applyAsInt(1 << BITS);
        }
        sum += (bits & 1) == 0 ? differences[i] : -differences[i];
        bits >>>= 1;
      }
      if (Math.abs(sum) >= observed) {
        extreme++;
      }
    }
    return (extreme + 1.0) / (ROUNDS + 1);
  }

  /** Wilcoxon's signed-rank test; exact where no difference is 0 and no two are of equal size. */
  public static double wilcoxon(double[] differences) {
    return WilcoxonSignedRankTest.withDefaults()
        .with(AlternativeHypothesis.TWO_SIDED)
        .with(PValueMethod.AUTO)
        .test(differences)
        .getPValue();
  }
}
