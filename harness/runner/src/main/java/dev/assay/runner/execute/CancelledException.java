package dev.assay.runner.execute;

/** A stop was asked for. */
final class CancelledException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("stopped");
  }
}
