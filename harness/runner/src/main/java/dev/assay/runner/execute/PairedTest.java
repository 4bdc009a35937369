package dev.assay.runner.execute;

import dev.assay.statistics.PairedTests;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * Whether two models differ on the same items: percentile bootstrap of the mean difference (Efron
 * 1979) and paired permutation by sign flips (Fisher 1935).
 *
 * @param difference mean of first − second
 * @param low lower end of the 95 % interval of the difference
 * @param high upper end
 * @param p two-sided probability of a difference at least as large if signs were random
 * @param n items
 */
public record PairedTest(double difference, double low, double high, double p, int n) {
  private static final int ROUNDS = 10_000;
  private static final double TAIL = 0.025;
  private static final double LEVEL = 0.05;

  /** Whether nothing tells the two apart. */
  public boolean isTie() {
    return p > LEVEL;
  }

  /**
   * @param first one number for each item
   * @param second as many, of the same items
   * @param random decides resamples and flips
   */
  public static PairedTest of(double[] first, double[] second, RandomStream random) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "pairs need equally many items: " + first.length + " and " + second.length);
    }
    int n = first.length;
    double[] differences = new double[n];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    double mean = Arrays.stream(differences).sum() / n;
    double[] means = resample(differences, random.child("bootstrap"));
    return new PairedTest(
        mean,
        means[(int) Math.floor(TAIL * (ROUNDS - 1))],
        means[(int) Math.ceil((1 - TAIL) * (ROUNDS - 1))],
        PairedTests.signFlip(differences, random.child("permutation")::nextInt),
        n);
  }

  /** Means of resamples, in ascending order. */
  private static double[] resample(double[] differences, RandomStream random) {
    double[] means = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[round] = sum / differences.length;
    }
    Arrays.sort(means);
    return means;
  }
}
