package dev.assay.runner.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as experiment files write them: a number and a unit, such as {@code 1.5h}. */
final class Durations {
  static final String PATTERN = "^[0-9]{1,9}(\\.[0-9]{1,6})?(ms|s|m|h|d)$";

  private static final Pattern FORM = Pattern.compile("([0-9.]+)([a-z]+)");

  private Durations() {}

  /** The time, empty if the text is none. */
  static Optional<Duration> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!text.matches(PATTERN) || !parts.matches()) {
      return Optional.empty();
    }
    double unit =
        switch (parts.group(2)) {
          case "ms" -> 0.001;
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          default -> 86400;
        };
    return Optional.of(ofSeconds(Double.parseDouble(parts.group(1)) * unit));
  }

  static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Short, such as {@code 90s}, {@code 1ms}, {@code 2h}. */
  static String show(Duration duration) {
    double seconds = seconds(duration);
    for (Unit unit : List.of(new Unit("h", 3600), new Unit("m", 60), new Unit("s", 1))) {
      double count = seconds / unit.seconds();
      if (count >= 1 && count == Math.rint(count)) {
        return (long) count + unit.name();
      }
    }
    double milliseconds = seconds * 1000;
    return milliseconds == Math.rint(milliseconds) ? (long) milliseconds + "ms" : seconds + "s";
  }

  private record Unit(String name, double seconds) {}
}
