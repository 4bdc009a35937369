package dev.assay.spi;

import java.util.List;

/** Turns what a run produced into numbers; found by {@link java.util.ServiceLoader}. Stateless. */
public interface Metric {
  /** Lower-case words joined by hyphens; unique. */
  String id();

  Info info();

  /** Whether it means anything for such data. */
  Fit fits(DataSpec spec);

  /**
   * The values; empty if the run has not what it needs (no scorer, too few samples).
   *
   * <p>Cost must stay near linear in the samples, or be documented.
   */
  List<MetricValue> compute(Evaluation evaluation);

  /**
   * @param name such as "Energy distance"
   * @param unit such as {@code nats}; {@code 1} for a pure number
   * @param direction which way is better
   * @param low smallest possible value
   * @param high largest possible value
   * @param minimumSamples fewer samples give no value; 0 if it needs none
   * @param source paper or definition
   */
  record Info(
      String name,
      String unit,
      Direction direction,
      double low,
      double high,
      int minimumSamples,
      String source) {}

  /** Which way is better. */
  enum Direction {
    LOWER,
    HIGHER,
    /** Neither: a fact, not a score. */
    NONE
  }
}
