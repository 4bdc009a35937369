package dev.assay.spi;

import java.util.Optional;

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

  /**
   * Sound of one channel, held as {@link Values.Texts}: a character is the {@link MuLaw} code of
   * one sample, U+0000 … U+00FF. The end of each sound is predicted too.
   *
   * @param rate samples a second
   */
  record Audio(int rate) implements Modality {}

  /** A class, held as {@link Values.Labels}: 0 … classes − 1. */
  record Label(int classes) implements Modality {}

  /** No information, held as {@link Values.Nothing}. */
  record Nothing() implements Modality {}

  /** The form in which this is held as {@link Values.Texts}; empty if it is not. */
  default Optional<Text.Form> textForm() {
    return switch (this) {
      case Text text -> Optional.of(text.form);
      case Audio _ -> Optional.of(Text.Form.DOCUMENTS);
      case Tabular _, Image _, Label _, Nothing _ -> Optional.empty();
    };
  }
}
