package dev.assay.metrics.privacy;

import java.util.Arrays;

/** How much a model prefers a planted secret to others that it never saw (Carlini et al. 2019). */
public final class Exposure {
  private Exposure() {}

  /**
   * log₂ of all secrets − log₂ of the rank of the planted one, in bits: from 0, the least likely,
   * to log₂ of all, the most likely.
   *
   * @param canary −ln p of the planted secret
   * @param others −ln p of the secrets that were not planted
   */
  public static double of(double canary, double... others) {
    long before = Arrays.stream(others).filter(loss -> loss < canary).count();
    return (Math.log(others.length + 1.0) - Math.log(before + 1.0)) / Math.log(2);
  }
}
