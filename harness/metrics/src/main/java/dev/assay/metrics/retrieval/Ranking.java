package dev.assay.metrics.retrieval;

import java.util.Arrays;

/**
 * Scores of one ranked list.
 *
 * @param relevance grades in ranked order, 0 for irrelevant
 * @param relevant relevant items in all, also those not listed
 */
public record Ranking(double[] relevance, int relevant) {
  /** Share of the first k that is relevant. */
  public double precision(int k) {
    return (double) hits(k) / k;
  }

  /** Share of all relevant items that are among the first k. */
  public double recall(int k) {
    return relevant == 0 ? 0 : (double) hits(k) / relevant;
  }

  /** 1 / rank of the first relevant item; 0 if there is none. */
  public double reciprocalRank() {
    for (int i = 0; i < relevance.length; i++) {
      if (relevance[i] > 0) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  /** Σ precision at the rank of each listed relevant item, over all relevant items. */
  public double averagePrecision() {
    double sum = 0;
    for (int i = 0; i < relevance.length; i++) {
      sum += relevance[i] > 0 ? precision(i + 1) : 0;
    }
    return relevant == 0 ? 0 : sum / relevant;
  }

  /** How much a grade counts in {@link #ndcg}. */
  public enum Gain {
    /** The grade itself. */
    LINEAR {
      @Override
      double of(double grade) {
        return grade;
      }
    },
    /** 2 to its power, less 1 (Burges et al. 2005). */
    EXPONENTIAL {
      @Override
      double of(double grade) {
        return Math.pow(2, grade) - 1;
      }
    };

    abstract double of(double grade);
  }

  /**
   * Gains discounted by log₂(rank + 1), over those of the best order of the same list (Järvelin and
   * Kekäläinen 2002); 0 if nothing is relevant.
   */
  public double ndcg(int k, Gain gain) {
    double[] ideal = Arrays.stream(relevance).map(grade -> -grade).sorted().map(g -> -g).toArray();
    double best = discounted(ideal, k, gain);
    return best == 0 ? 0 : discounted(relevance, k, gain) / best;
  }

  private static double discounted(double[] grades, int k, Gain gain) {
    double sum = 0;
    for (int i = 0; i < Math.min(k, grades.length); i++) {
      sum += gain.of(grades[i]) / (Math.log(i + 2) / Math.log(2));
    }
    return sum;
  }

  private int hits(int k) {
    int hits = 0;
    for (int i = 0; i < Math.min(k, relevance.length); i++) {
      hits += relevance[i] > 0 ? 1 : 0;
    }
    return hits;
  }
}
