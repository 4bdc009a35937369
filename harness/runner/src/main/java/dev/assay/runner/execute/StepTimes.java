package dev.assay.runner.execute;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Durations of the latest updates. */
final class StepTimes {
  private static final int LATEST = 1 << 16;

  /** Part of the updates taken for warm-up: compilation by the model and by the JVM. */
  private static final double WARM_UP = 0.1;

  private final double[] seconds = new double[LATEST];
  private long count;

  void add(double duration) {
    seconds[(int) (count++ % LATEST)] = duration;
  }

  /**
   * Median of the updates after the first tenth (and at least the first), in seconds; empty if
   * there are none.
   */
  OptionalDouble median() {
    long warm = Math.max(1, (long) (count * WARM_UP));
    int kept = (int) Math.min(LATEST, count - warm);
    if (kept <= 0) {
      return OptionalDouble.empty();
    }
    double[] latest = new double[kept];
    for (int i = 0; i < kept; i++) {
      latest[i] = seconds[(int) ((count - 1 - i) % LATEST)];
    }
    Arrays.sort(latest);
    return OptionalDouble.of((latest[(kept - 1) / 2] + latest[kept / 2]) / 2);
  }
}
