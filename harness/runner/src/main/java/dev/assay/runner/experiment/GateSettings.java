package dev.assay.runner.experiment;

import java.nio.file.Path;
import java.util.Map;

/**
 * What may not get worse: the key {@code gate}.
 *
 * @param baseline a results file
 * @param margins tolerated worsening by metric id
 */
public record GateSettings(Path baseline, Map<String, Margin> margins) {
  public GateSettings {
    margins = Map.copyOf(margins);
  }

  /**
   * @param value at least 0; a fraction of the baseline's value if relative, else in the metric's
   *     unit
   * @param relative written with {@code %}
   */
  public record Margin(double value, boolean relative) {}
}
