package dev.assay.tensor;

/** A backend whose device measures by itself how long it works. */
public interface DeviceClock {
  /**
   * Seconds, by the device's own clock, that all runs of the backend's programs have taken since it
   * was opened; copies of inputs and outputs are left out. Waits until the device is done.
   */
  double deviceSeconds();
}
