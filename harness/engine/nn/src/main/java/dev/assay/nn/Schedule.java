package dev.assay.nn;

/** The learning rate over training, computed on the host in double precision. */
@FunctionalInterface
public interface Schedule {
  /**
   * @param step updates done so far, from 0
   */
  double at(long step);

  static Schedule constant(double rate) {
    return _ -> rate;
  }

  /** This schedule, times (step + 1) / (warm-up + 1) during the first {@code steps} updates. */
  default Schedule warmedUp(long steps) {
    return step -> at(step) * (step < steps ? (step + 1.0) / (steps + 1.0) : 1);
  }

  /**
   * Linear warm-up, then half a cosine from {@code peak} to {@code floor}, which it keeps.
   * Loshchilov and Hutter 2017, eq. 5 without restarts, with the warm-up of nanoGPT.
   *
   * @param warmup updates of warm-up
   * @param end the update at which the floor is reached; more than {@code warmup}
   */
  static Schedule cosine(double peak, double floor, long warmup, long end) {
    if (!(warmup >= 0 && end > warmup)) {
      throw new IllegalArgumentException(
          "cosine schedule: the end " + end + " must lie after the warm-up " + warmup);
    }
    return step -> {
      if (step < warmup) {
        return peak * (step + 1) / (warmup + 1);
      }
      double done = Math.min(1, (double) (step - warmup) / (end - warmup));
      return floor + 0.5 * (1 + Math.cos(Math.PI * done)) * (peak - floor);
    };
  }

  /** {@code rate} multiplied by {@code factor} after every {@code period} updates. */
  static Schedule staircase(double rate, double factor, long period) {
    return step -> rate * Math.pow(factor, (double) (step / period));
  }

  /**
   * width^−½ · min(t^−½, t · warmup^−3/2), t = step + 1: linear warm-up, then the inverse square
   * root. Vaswani et al. 2017, eq. 3.
   */
  static Schedule noam(double scale, int width, long warmup) {
    return step -> {
      double t = step + 1.0;
      return scale
          / Math.sqrt(width)
          * Math.min(1 / Math.sqrt(t), t * Math.pow((double) warmup, -1.5));
    };
  }

  /** Linear warm-up to {@code peak} over {@code warmup} updates, then peak · √(warmup / t). */
  static Schedule inverseSquareRoot(double peak, long warmup) {
    return step -> {
      double t = step + 1.0;
      return peak * Math.min(t / warmup, Math.sqrt((double) warmup / t));
    };
  }
}
