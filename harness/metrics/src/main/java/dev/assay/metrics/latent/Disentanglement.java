package dev.assay.metrics.latent;

import dev.assay.metrics.table.ColumnFidelity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether each factor of variation has a code of its own. All scores are best at 1, worst at 0. */
public final class Disentanglement {
  private Disentanglement() {}

  /**
   * Mutual information in nats of each code with each factor, both discrete.
   *
   * @param codes [n, codes]
   * @param factors [n, factors]
   * @return [codes, factors]
   */
  public static double[][] information(int[][] codes, int[][] factors) {
    check(codes.length, factors.length);
    double[][] information = new double[codes[0].length][factors[0].length];
    for (int i = 0; i < information.length; i++) {
      for (int k = 0; k < information[i].length; k++) {
        int[] code = column(codes, i);
        int[] factor = column(factors, k);
        information[i][k] = entropy(code) + entropy(factor) - entropy(code, factor);
      }
    }
    return information;
  }

  /**
   * Mutual information gap (Chen et al. 2018): the difference of the two largest informations about
   * a factor over its entropy, mean over factors; NaN where a factor never varies.
   */
  public static double mig(int[][] codes, int[][] factors) {
    double[][] information = information(codes, factors);
    double sum = 0;
    for (int k = 0; k < factors[0].length; k++) {
      int factor = k;
      double[] about = Arrays.stream(information).mapToDouble(row -> row[factor]).toArray();
      sum += gap(about) / entropy(column(factors, k));
    }
    return sum / factors[0].length;
  }

  /**
   * Separated attribute predictability (Kumar et al. 2018) of continuous factors: the difference of
   * the two largest squared correlations with a factor, mean over factors.
   */
  public static double sap(double[][] codes, double[][] factors) {
    check(codes.length, factors.length);
    double sum = 0;
    for (int k = 0; k < factors[0].length; k++) {
      double[] scores = new double[codes[0].length];
      for (int i = 0; i < scores.length; i++) {
        double r = ColumnFidelity.correlation(column(codes, i), column(factors, k));
        scores[i] = r * r;
      }
      sum += gap(scores);
    }
    return sum / factors[0].length;
  }

  /**
   * Disentanglement of DCI (Eastwood and Williams 2018): 1 − entropy of the factors that a code
   * matters for, to base their number, mean over codes weighted by importance.
   *
   * @param importance [codes, factors], not negative, at least one code
   */
  public static double dciDisentanglement(double[][] importance) {
    check(importance.length, importance.length);
    double total = Arrays.stream(importance).flatMapToDouble(Arrays::stream).sum();
    return Arrays.stream(importance)
        .mapToDouble(row -> concentration(row) * Arrays.stream(row).sum() / total)
        .sum();
  }

  /** Completeness of DCI: the same of the codes that matter for a factor. */
  public static double dciCompleteness(double[][] importance) {
    check(importance.length, importance.length);
    double[][] transposed = new double[importance[0].length][];
    for (int k = 0; k < transposed.length; k++) {
      transposed[k] = column(importance, k);
    }
    return dciDisentanglement(transposed);
  }

  /**
   * FactorVAE's score (Kim and Mnih 2018) on its votes: accuracy of the majority factor of each
   * code.
   *
   * @param votes pairs of the code that varied least and the factor that was held fixed
   */
  public static double majorityVote(int[][] votes) {
    Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
    for (int[] vote : votes) {
      counts.computeIfAbsent(vote[0], _ -> new HashMap<>()).merge(vote[1], 1, Integer::sum);
    }
    double right =
        counts.values().stream()
            .mapToInt(factors -> factors.values().stream().mapToInt(c -> c).max().orElse(0))
            .sum();
    return right / votes.length;
  }

  private static void check(int codes, int factors) {
    if (codes == 0 || codes != factors) {
      throw new IllegalArgumentException(
          "%d rows of codes and %d of factors; as many are needed, at least one"
              .formatted(codes, factors));
    }
  }

  private static double gap(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return sorted[n - 1] - (n > 1 ? sorted[n - 2] : 0);
  }

  private static double concentration(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    double entropy = 0;
    for (double weight : weights) {
      entropy -= weight > 0 ? weight / sum * Math.log(weight / sum) : 0;
    }
    return weights.length == 1 ? 1 : 1 - entropy / Math.log(weights.length);
  }

  /** Of the joint distribution of columns, in nats. */
  private static double entropy(int[]... columns) {
    int n = columns[0].length;
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i < n; i++) {
      int row = i;
      counts.merge(Arrays.stream(columns).map(column -> column[row]).toList(), 1, Integer::sum);
    }
    return counts.values().stream()
        .mapToDouble(count -> -count / (double) n * Math.log(count / (double) n))
        .sum();
  }

  private static int[] column(int[][] rows, int column) {
    return Arrays.stream(rows).mapToInt(row -> row[column]).toArray();
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }
}
