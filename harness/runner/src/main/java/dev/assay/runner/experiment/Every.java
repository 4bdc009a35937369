package dev.assay.runner.experiment;

import java.time.Duration;

/** An interval, in YAML such as {@code 200 steps}, {@code 5 epochs}, {@code 30s}. */
public sealed interface Every {
  /**
   * @param count at least 1
   */
  record Steps(long count) implements Every {}

  /**
   * @param count at least 1
   */
  record Epochs(long count) implements Every {}

  /**
   * @param duration positive
   */
  record Time(Duration duration) implements Every {}
}
