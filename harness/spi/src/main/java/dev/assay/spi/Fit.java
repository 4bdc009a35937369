package dev.assay.spi;

/** Whether a model can learn a {@link DataSpec}, and in which form it wants the numbers. */
public sealed interface Fit {
  /** It fits, and wants x in this encoding. */
  record Yes(Encoding encoding) implements Fit {}

  /** It does not fit; the reason completes the sentence "skipped because …". */
  record No(String reason) implements Fit {}

  /** Form of the numbers that a model sees. */
  enum Encoding {
    /** As they are: integer levels of images, raw columns of tables, texts. */
    RAW,
    /**
     * Real numbers of about zero mean and unit deviation: columns standardised, images dequantised
     * by uniform noise and then standardised. The harness keeps the transform and its
     * log-determinant, and reports densities in raw units.
     */
    CONTINUOUS,
    /**
     * As {@link #CONTINUOUS}, but images in their own units: level plus uniform noise on [0, 1), so
     * within [0, levels). For models that map bounded intensities themselves.
     */
    DEQUANTIZED
  }

  static Fit raw() {
    return new Yes(Encoding.RAW);
  }

  static Fit continuous() {
    return new Yes(Encoding.CONTINUOUS);
  }

  static Fit dequantized() {
    return new Yes(Encoding.DEQUANTIZED);
  }

  static Fit no(String reason) {
    return new No(reason);
  }
}
