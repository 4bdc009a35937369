package dev.assay.runner.execute;

import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedTests;
import java.util.Arrays;

/**
 * Whether two models differ over seeds that both were trained with: Student's t interval of the
 * mean difference, and all sign patterns of the differences (Fisher 1935). Of n seeds no p is below
 * 2 · 2⁻ⁿ, so that the interval decides.
 *
 * @param difference mean of first − second
 * @param low lower end of the 95 % interval of the difference
 * @param high upper end
 * @param p two-sided probability of a difference at least as large if signs were random
 * @param n seeds
 */
public record SeedTest(double difference, double low, double high, double p, int n) {
  /** Beyond these, the first ones stand for all in p; nobody trains as many. */
  private static final int MOST = PairedTests.EXACT;

  private static final double CONFIDENCE = 0.95;

  /** Whether nothing tells the two apart. */
  public boolean isTie() {
    return low <= 0 && 0 <= high;
  }

  /**
   * @param first one number for each seed
   * @param second as many, of the same seeds
   * @throws IllegalArgumentException if there are fewer than two pairs
   */
  public static SeedTest of(double[] first, double[] second) {
    if (first.length != second.length || first.length < 2) {
      throw new IllegalArgumentException(
          "pairs need at least two seeds, equally many: " + first.length + " and " + second.length);
    }
    int n = first.length;
    double[] differences = new double[n];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    Interval interval = Interval.student(CONFIDENCE, differences);
    double p = PairedTests.signFlip(Arrays.copyOf(differences, Math.min(MOST, n)));
    return new SeedTest(Descriptive.mean(differences), interval.low(), interval.high(), p, n);
  }
}
