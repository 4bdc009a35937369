package dev.assay.runner;

import dev.assay.spi.Values;

/**
 * Something that must be a number is infinite or none; the message says what, where and since when.
 */
public final class DivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }

  /**
   * Requires that samples hold numbers.
   *
   * @param first index of the first of them
   * @throws DivergedException if one does not
   */
  public static void requireNumbers(Values samples, long first) {
    if (samples instanceof Values.Dense dense) {
      for (int i = 0; i < dense.data().length; i++) {
        if (!Float.isFinite(dense.data()[i])) {
          throw new DivergedException(
              "sample " + (first + i / dense.width()) + " holds " + dense.data()[i]);
        }
      }
    }
  }
}
