package dev.assay.runner.gate;

import dev.assay.runner.experiment.GateSettings.Margin;
import java.util.Map;
import java.util.Set;

/**
 * What is gated, and how strictly.
 *
 * @param margins tolerated worsening by metric
 * @param standard of quality metrics that {@code margins} does not name
 * @param only the metrics to gate; all that can be if empty
 * @param level two-sided level of significance: intervals have confidence 1 − level, and each of
 *     the verdicts REGRESSED and IMPROVED is wrong anywhere with probability at most level / 2
 * @param hashes whether equal bits are demanded
 */
public record GateRules(
    Map<String, Margin> margins, Margin standard, Set<String> only, double level, boolean hashes) {
  /** Of quality metrics, unless told otherwise. */
  public static final Margin STANDARD = new Margin(0.05, true);

  public static final double LEVEL = 0.05;

  public GateRules {
    margins = Map.copyOf(margins);
    only = Set.copyOf(only);
  }

  /** The usual strictness. */
  public static GateRules of(Map<String, Margin> margins) {
    return new GateRules(margins, STANDARD, Set.of(), LEVEL, false);
  }

  Margin margin(String metric) {
    return margins.getOrDefault(metric, standard);
  }
}
