package dev.assay.jcuda;

import dev.assay.jcuda.driver.Driver;

/** Adds up the device's time of what is replayed. Lets many replays be under way at once. */
final class Stopwatch {
  private static final int LAPS = 64;

  private final Driver driver;
  private final Driver.Lap[] laps = new Driver.Lap[LAPS];
  private int first;
  private int open;
  private double seconds;

  Stopwatch(Driver driver) {
    this.driver = driver;
  }

  /** Puts a replay into the queue, and its time onto the sum. */
  void run(Driver.Replay replay) {
    if (open == LAPS) {
      take();
    }
    int at = (first + open) % LAPS;
    if (laps[at] == null) {
      laps[at] = driver.lap();
    }
    laps[at].begin();
    replay.run();
    laps[at].end();
    open++;
  }

  /** Of all replays so far; waits until they are done. */
  double seconds() {
    while (open > 0) {
      take();
    }
    return seconds;
  }

  private void take() {
    seconds += laps[first].seconds();
    first = (first + 1) % LAPS;
    open--;
  }
}
