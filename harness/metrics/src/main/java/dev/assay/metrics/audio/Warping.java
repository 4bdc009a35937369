package dev.assay.metrics.audio;

/**
 * An alignment of two sequences of least total cost (Sakoe and Chiba 1978, steps (1,0), (0,1),
 * (1,1) of equal weight).
 *
 * @param total cost along the path
 * @param steps cells of the path; of several cheapest paths the shortest
 */
public record Warping(double total, int steps) {
  /** What it costs to align two places. */
  @FunctionalInterface
  public interface Cost {
    double of(int i, int j);
  }

  /** The alignment of sequences of {@code n} and {@code m} places, both at least 1. */
  public static Warping of(int n, int m, Cost cost) {
    double[] totals = new double[m];
    int[] steps = new int[m];
    for (int i = 0; i < n; i++) {
      double diagonal = 0;
      int diagonalSteps = 0;
      for (int j = 0; j < m; j++) {
        double best = i > 0 && j > 0 ? diagonal : Double.POSITIVE_INFINITY;
        int bestSteps = diagonalSteps;
        diagonal = totals[j];
        diagonalSteps = steps[j];
        if (i > 0 && (totals[j] < best || (totals[j] == best && steps[j] < bestSteps))) {
          best = totals[j];
          bestSteps = steps[j];
        }
        if (j > 0
            && (totals[j - 1] < best || (totals[j - 1] == best && steps[j - 1] < bestSteps))) {
          best = totals[j - 1];
          bestSteps = steps[j - 1];
        }
        boolean start = i == 0 && j == 0;
        totals[j] = (start ? 0 : best) + cost.of(i, j);
        steps[j] = (start ? 0 : bestSteps) + 1;
      }
    }
    return new Warping(totals[m - 1], steps[m - 1]);
  }

  /** Cost of a step. */
  public double mean() {
    return total / steps;
  }
}
