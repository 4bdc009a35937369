package dev.assay.runner.execute;

import java.util.Arrays;
import java.util.OptionalDouble;

/** A number of each of the latest updates, such as its duration. */
final class LatestUpdates {
  private static final int LATEST = 1 << 16;

  /** Part of the updates taken for warm-up: compilation by the model and by the JVM. */
  private static final double WARM_UP = 0.1;

  private final double[] numbers = new double[LATEST];
  private long count;

  void add(double number) {
    numbers[(int) (count++ % LATEST)] = number;
  }

  /**
   * Median of the updates after the first tenth (and at least the first); empty if there are none.
   */
  OptionalDouble median() {
    long warm = Math.max(1, (long) (count * WARM_UP));
    int kept = (int) Math.min(LATEST, count - warm);
    if (kept <= 0) {
      return OptionalDouble.empty();
    }
    double[] latest = latest(kept);
    Arrays.sort(latest);
    return OptionalDouble.of((latest[(kept - 1) / 2] + latest[kept / 2]) / 2);
  }

  /**
   * The least number of the latest updates; empty if there are fewer than {@code needed}, of which
   * none may yet run compiled.
   */
  OptionalDouble least(int needed) {
    return count < needed
        ? OptionalDouble.empty()
        : Arrays.stream(latest((int) Math.min(LATEST, count))).min();
  }

  private double[] latest(int kept) {
    double[] latest = new double[kept];
    for (int i = 0; i < kept; i++) {
      latest[i] = numbers[(int) ((count - 1 - i) % LATEST)];
    }
    return latest;
  }
}
