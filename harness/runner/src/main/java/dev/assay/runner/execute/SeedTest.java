package dev.assay.runner.execute;

import dev.assay.store.StudentT;
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
  private static final int MOST = 20;

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
    double mean = Arrays.stream(differences).sum() / n;
    double squares = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
    double half = StudentT.twoSided(CONFIDENCE, n - 1) * Math.sqrt(squares / (n - 1) / n);
    return new SeedTest(mean, mean - half, mean + half, flip(differences), n);
  }

  private static double flip(double[] differences) {
    int n = Math.min(MOST, differences.length);
    double observed = Math.abs(Arrays.stream(differences, 0, n).sum()) * (1 - 1e-12);
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
}
