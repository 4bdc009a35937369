package dev.assay.runner.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
  public record Margin(double value, boolean relative) {
    /** How margins are written. */
    public static final String HELP =
        "write the tolerated worsening, such as 5% or 0.02 in the metric's unit";

    /** A margin as it is written on a command line or in a file; empty if it is none. */
    public static Optional<Margin> parse(String text) {
      if (text.matches(GateReader.PERCENT)) {
        double percent = Double.parseDouble(text.substring(0, text.length() - 1));
        return Optional.of(new Margin(percent / 100, true));
      }
      return text.matches(NUMBER)
          ? Optional.of(new Margin(Double.parseDouble(text), false))
          : Optional.empty();
    }

    private static final String NUMBER = "[0-9]{1,15}(\\.[0-9]{1,15})?([eE]-?[0-9]{1,2})?";
  }
}
