package dev.assay.statistics;

import java.util.Arrays;

/** Several runs of several entrants against each other. */
public final class Comparisons {
  private Comparisons() {}

  /** P(X > Y) + ½ P(X = Y) for one run of each, over all pairs (Agarwal et al. 2021). */
  public static double probabilityOfImprovement(double[] x, double[] y) {
    double wins = 0;
    for (double a : x) {
      for (double b : y) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return wins / x.length / y.length;
  }

  /**
   * Performance profile: the share of runs that score more than each threshold (Dolan and Moré
   * 2002; Agarwal et al. 2021).
   *
   * @param x scores, higher is better; −∞ for a run that failed
   */
  public static double[] profile(double[] x, double[] thresholds) {
    double[] shares = new double[thresholds.length];
    Arrays.setAll(
        shares,
        i -> Arrays.stream(x).filter(score -> score > thresholds[i]).count() / (double) x.length);
    return shares;
  }

  /** Ranks from 1, the lowest value first; equal values share the mean of their ranks. */
  public static double[] ranks(double[] x) {
    double[] ranks = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : x) {
        below += other < x[i] ? 1 : 0;
        equal += other == x[i] ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }

  /**
   * Mean rank of each entrant over tasks.
   *
   * @param table [task][entrant]
   */
  public static double[] averageRanks(double[][] table) {
    double[] sums = new double[table[0].length];
    for (double[] row : table) {
      double[] ranks = ranks(row);
      Arrays.setAll(sums, j -> sums[j] + ranks[j]);
    }
    return Arrays.stream(sums).map(sum -> sum / table.length).toArray();
  }

  /**
   * Friedman's statistic, which is χ² with k − 1 degrees of freedom where k entrants do not differ;
   * without a correction for ties.
   *
   * @param table [task][entrant]
   */
  public static double friedman(double[][] table) {
    int n = table.length;
    int k = table[0].length;
    double squares = Arrays.stream(averageRanks(table)).map(rank -> rank * rank).sum();
    return 12.0 * n / (k * (k + 1)) * (squares - k * (k + 1) * (k + 1) / 4.0);
  }
}
