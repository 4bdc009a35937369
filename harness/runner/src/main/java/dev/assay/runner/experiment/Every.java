package dev.assay.runner.experiment;

import java.time.Duration;
import java.util.Optional;

/** An interval, in YAML such as {@code 200 steps}, {@code 5 epochs}, {@code 30s}. */
public sealed interface Every {
  /** An interval that means the same on every machine. */
  sealed interface Counted extends Every {}

  /**
   * @param count at least 1
   */
  record Steps(long count) implements Counted {}

  /**
   * @param count at least 1
   */
  record Epochs(long count) implements Counted {}

  /**
   * @param duration positive
   */
  record Time(Duration duration) implements Every {}

  /** How intervals in steps and epochs are written. */
  String COUNTED_PATTERN = "^[1-9][0-9]{0,14} (steps?|epochs?)$";

  /** How intervals are written. */
  String PATTERN = COUNTED_PATTERN + "|" + Durations.PATTERN;

  /** The interval as written in YAML, empty if the text is none. */
  static Optional<Every> parse(String text) {
    if (text.matches(COUNTED_PATTERN)) {
      long count = Long.parseLong(text.substring(0, text.indexOf(' ')));
      return Optional.of(text.contains("step") ? new Steps(count) : new Epochs(count));
    }
    return Durations.parse(text).filter(Duration::isPositive).map(Time::new);
  }
}
