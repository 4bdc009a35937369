package dev.assay.runner.execute;

import java.util.OptionalDouble;

/** What a device says that some work took; nothing on a backend whose device has no clock. */
final class DeviceTime {
  private final CountingBackend backend;
  private OptionalDouble begun = OptionalDouble.empty();
  private double seconds;

  DeviceTime(CountingBackend backend) {
    this.backend = backend;
  }

  /** What comes now counts. */
  void begin() {
    begun = backend.deviceSeconds();
  }

  /** What comes now does not count. */
  void end() {
    if (begun.isPresent()) {
      seconds += backend.deviceSeconds().orElseThrow() - begun.getAsDouble();
    }
  }

  /** Of all that counted; empty if there is no clock, or it was never begun. */
  OptionalDouble seconds() {
    return begun.isPresent() ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }
}
