package dev.assay.metrics.privacy;

import dev.assay.metrics.Distances;
import dev.assay.metrics.Points;

/**
 * How near each sample comes to training rows, Euclidean.
 *
 * @param distances to the closest training row (DCR)
 * @param ratios of the distances to the closest two (NNDR), 1 where both are 0
 */
public record ClosestRecords(double[] distances, double[] ratios) {
  /**
   * Measures samples.
   *
   * @throws IllegalArgumentException for fewer than 2 training rows, or unequal widths
   */
  public static ClosestRecords of(Points samples, Points train) {
    if (train.rows() < 2) {
      throw new IllegalArgumentException(
          "the closest two rows of " + train.rows() + "; at least 2 are needed");
    }
    double[] distances = new double[samples.rows()];
    double[] ratios = new double[samples.rows()];
    Distances.squared(
        samples,
        train,
        (i, squared) -> {
          double first = Double.POSITIVE_INFINITY;
          double second = Double.POSITIVE_INFINITY;
          for (double s : squared) {
            second = Math.min(second, Math.max(first, s));
            first = Math.min(first, s);
          }
          distances[i] = Math.sqrt(first);
          ratios[i] = second == 0 ? 1 : Math.sqrt(first / second);
        });
    return new ClosestRecords(distances, ratios);
  }
}
