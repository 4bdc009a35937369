package dev.assay.store;

/** How a run stands. */
public enum RunStatus {
  /** At work, or cut off where no process holds the run's lock; resumed by the next {@code run}. */
  RUNNING,
  DONE,
  /** The model cannot learn such data, or its backend is not available here. */
  SKIPPED,
  /** The loss, a parameter, a sample or a score became infinite or no number. */
  DIVERGED,
  /** Not a single update was done within the time allowed. */
  TIMED_OUT,
  FAILED,
  /** Stopped by the user; resumed by the next {@code run}. */
  CANCELLED;

  /** Whether the next {@code run} leaves it alone. */
  public boolean isFinal() {
    return this == DONE || this == SKIPPED || this == DIVERGED || this == TIMED_OUT;
  }
}
