package dev.assay.runner.execute;

/** A request to stop soon, leaving everything resumable. Safe for use by several threads. */
public final class Cancellation {
  private volatile boolean requested;

  /** Asks. Trainings stop after the update they are in. */
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }

  /**
   * @throws CancelledException if a stop was asked for
   */
  void check() {
    if (requested) {
      throw new CancelledException();
    }
  }
}
