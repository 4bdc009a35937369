package dev.assay.runner.task;

import dev.assay.spi.Metric;

/** How often something is right. */
final class Shares {
  /** Of χ² with one degree of freedom. */
  private static final double QUANTILE_95 = 3.841458820694124;

  private Shares() {}

  /**
   * The share with its 95 % interval (Wilson 1927).
   *
   * @param share of {@code n} that are right
   * @param how as {@link Outcome.Value#how}
   */
  static Outcome.Value value(String name, double share, int n, String how) {
    double z2 = QUANTILE_95;
    double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
    double half = Math.sqrt(z2 * (share * (1 - share) / n + z2 / (4.0 * n * n))) / (1 + z2 / n);
    return new Outcome.Value(
        name, Metric.Direction.HIGHER, share, centre - half, centre + half, n, "1", how);
  }
}
