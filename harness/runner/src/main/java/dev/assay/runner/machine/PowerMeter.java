package dev.assay.runner.machine;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A counter of energy for GPUs that tell their power alone: the trapezoid rule over readings, which
 * a thread of its own takes ten times a second. Safe for use by several threads.
 */
final class PowerMeter {
  private static final long PERIOD_MILLIS = 100;
  private static final double NANOS = 1e9;

  private final Supplier<List<OptionalInt>> milliwatts;
  private final LongSupplier clock;
  private List<OptionalInt> latest;
  private long read;
  private final double[] millijoules;

  /**
   * Takes its first reading.
   *
   * @param milliwatts that each GPU draws now, always of the same GPUs
   * @param clock in nanoseconds
   */
  PowerMeter(Supplier<List<OptionalInt>> milliwatts, LongSupplier clock) {
    this.milliwatts = milliwatts;
    this.clock = clock;
    latest = milliwatts.get();
    read = clock.getAsLong();
    millijoules = new double[latest.size()];
  }

  /** One that reads by itself for as long as the process lives. */
  static PowerMeter start(Nvml nvml) {
    PowerMeter meter =
        new PowerMeter(() -> nvml.gpus().stream().map(Gpu::milliwatts).toList(), System::nanoTime);
    Thread.ofPlatform().daemon().name("power").start(meter::watch);
    return meter;
  }

  private void watch() {
    while (!Thread.interrupted()) {
      look();
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Takes a reading. */
  synchronized void look() {
    List<OptionalInt> power = milliwatts.get();
    long now = clock.getAsLong();
    for (int i = 0; i < Math.min(millijoules.length, power.size()); i++) {
      double ends = latest.get(i).orElse(0) + power.get(i).orElse(0);
      millijoules[i] += ends / 2 * ((now - read) / NANOS);
    }
    latest = power;
    read = now;
  }

  /** Of a GPU since the first reading; empty where it does not tell its power. */
  synchronized OptionalLong millijoules(int gpu) {
    look();
    return gpu < millijoules.length && latest.get(gpu).isPresent()
        ? OptionalLong.of(Math.round(millijoules[gpu]))
        : OptionalLong.empty();
  }
}
