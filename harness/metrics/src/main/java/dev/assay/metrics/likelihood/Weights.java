package dev.assay.metrics.likelihood;

import java.util.Arrays;

/** Importance weights given by their logarithms, however far from 1. */
public final class Weights {
  private Weights() {}

  /** ln Σ exp(w); −∞ of nothing. */
  public static double logSum(double... logs) {
    double top = Arrays.stream(logs).max().orElse(Double.NEGATIVE_INFINITY);
    if (Double.isInfinite(top)) {
      return top;
    }
    return top + Math.log(Arrays.stream(logs).map(w -> Math.exp(w - top)).sum());
  }

  /**
   * ln of the mean weight: of ln p(x, z) − ln q(z) the importance-weighted bound (Burda et al.
   * 2016).
   */
  public static double logMean(double... logs) {
    return logSum(logs) - Math.log(logs.length);
  }

  /** (Σ w)² / Σ w²: from 1, one weight rules, to their number, all equal. */
  public static double effectiveSize(double... logs) {
    double[] twice = Arrays.stream(logs).map(w -> 2 * w).toArray();
    return Math.exp(2 * logSum(logs) - logSum(twice));
  }

  /**
   * The logarithmic weight of one chain of annealed importance sampling (Neal 2001): Σ (βₖ − βₖ₋₁)
   * (f₁(xₖ) − f₀(xₖ)).
   *
   * @param betas from 0 to 1, one more than steps
   * @param gains f₁ − f₀ at the state of each step
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static double annealed(double[] betas, double[] gains) {
    if (betas.length != gains.length + 1) {
      throw new IllegalArgumentException(
          "%d temperatures for %d steps; one more is needed".formatted(betas.length, gains.length));
    }
    double sum = 0;
    for (int k = 0; k < gains.length; k++) {
      sum += (betas[k + 1] - betas[k]) * gains[k];
    }
    return sum;
  }
}
