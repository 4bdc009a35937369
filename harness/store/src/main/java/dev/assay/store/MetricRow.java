package dev.assay.store;

import org.jspecify.annotations.Nullable;

/**
 * One number of a run.
 *
 * @param sampler settings of the sampler that differ from its defaults; empty where sampling plays
 *     no part, and for the default sampler
 * @param metric such as {@code nll}
 * @param kind what it may be compared with, such as {@code exact/mass} or {@code measured}
 * @param direction {@code lower}, {@code higher} or {@code none}
 * @param value finite
 * @param low lower end of the 95 % interval over test items or samples; null if there is none
 * @param high upper end; null if there is none
 * @param n items behind the value
 * @param signature how it was made
 */
public record MetricRow(
    String sampler,
    String metric,
    String kind,
    String direction,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    long n,
    String unit,
    String signature) {
  public MetricRow {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(metric + " is " + value + ", which is no number");
    }
  }
}
