package dev.assay.spi;

/** What one side of an example is. */
public sealed interface Modality {
  /**
   * A row of real numbers, held as {@link Values.Dense} with item shape [columns].
   *
   * @param columns number of columns, at least 1
   */
  record Tabular(int columns) implements Modality {}

  /**
   * A picture, held as {@link Values.Dense} with item shape [height, width, channels].
   *
   * @param levels intensities are the integers 0 … levels − 1; 2 for a binary image
   */
  record Image(int height, int width, int channels, int levels) implements Modality {
    /** Pixels times channels. */
    public int size() {
      return height * width * channels;
    }
  }

  /** Text, held as {@link Values.Texts}. */
  record Text(Form form) implements Modality {
    /** How a text is delimited. */
    public enum Form {
      /** Short texts; the end of each is predicted too. */
      DOCUMENTS,
      /** One long running text without an end. */
      STREAM
    }
  }

  /** A class, held as {@link Values.Labels}: 0 … classes − 1. */
  record Label(int classes) implements Modality {}

  /** No information, held as {@link Values.Nothing}. */
  record Nothing() implements Modality {}
}
