package dev.assay.jcuda.blas;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch;
import java.util.List;

/** How long recorded launches take by the device's clock. */
final class Laps {
  private static final double ENOUGH_SECONDS = 1e-3;
  private static final int MOST = 100;
  private static final int LAPS = 5;

  private Laps() {}

  /** The least of some laps, each of as many replays as take a while. */
  static double seconds(Driver driver, List<Launch> launches) {
    try (Driver.Replay replay = driver.record(launches)) {
      Driver.Lap lap = driver.lap();
      replay.run();
      double once = lap(lap, replay, 1);
      int count = (int) Math.clamp(Math.ceil(ENOUGH_SECONDS / Math.max(once, 1e-9)), 1, MOST);
      double least = once;
      for (int i = 0; i < LAPS; i++) {
        least = Math.min(least, lap(lap, replay, count) / count);
      }
      return least;
    }
  }

  private static double lap(Driver.Lap lap, Driver.Replay replay, int count) {
    lap.begin();
    for (int i = 0; i < count; i++) {
      replay.run();
    }
    lap.end();
    return lap.seconds();
  }
}
