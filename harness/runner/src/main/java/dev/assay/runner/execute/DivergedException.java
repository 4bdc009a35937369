package dev.assay.runner.execute;

/**
 * Something that must be a number is infinite or none; the message says what, where and since when.
 */
final class DivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DivergedException(String message) {
    super(message);
  }
}
