package dev.assay.testkit;

import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every value that x can take.
 *
 * @param values each once
 * @param whole whether nothing is missing; texts of any length cannot all be listed
 */
public record Space(Values values, boolean whole) {
  private static final int MOST = 4096;
  private static final int STREAM_LENGTH = 3;

  /**
   * All images; all texts of three letters cut from a stream; all documents up to a length that a
   * toy text seldom passes. Empty if that is more than 4096 values, or numbers without levels.
   *
   * @param examples texts whose letters are the alphabet
   */
  static Optional<Space> of(Modality modality, Values examples) {
    return switch (modality) {
      case Modality.Image image -> images(image);
      case Modality.Text(Modality.Text.Form form) -> {
        List<String> letters =
            ((Values.Texts) examples)
                .texts().stream()
                    .flatMap(text -> text.codePoints().mapToObj(Character::toString))
                    .distinct()
                    .sorted()
                    .toList();
        yield form == Modality.Text.Form.STREAM ? strings(letters) : documents(letters);
      }
      case Modality.Tabular _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          Optional.empty();
    };
  }

  private static Optional<Space> images(Modality.Image image) {
    double count = Math.pow(image.levels(), image.size());
    if (count > MOST) {
      return Optional.empty();
    }
    float[] data = new float[(int) count * image.size()];
    for (int i = 0; i < count; i++) {
      int digits = i;
      for (int p = 0; p < image.size(); p++) {
        data[i * image.size() + p] = digits % image.levels();
        digits /= image.levels();
      }
    }
    Shape item = Shape.of(image.height(), image.width(), image.channels());
    return Optional.of(new Space(new Values.Dense(item, data), true));
  }

  private static Optional<Space> strings(List<String> letters) {
    if (Math.pow(letters.size(), STREAM_LENGTH) > MOST) {
      return Optional.empty();
    }
    List<String> texts = List.of("");
    for (int i = 0; i < STREAM_LENGTH; i++) {
      texts = longer(texts, letters);
    }
    return Optional.of(new Space(new Values.Texts(texts), true));
  }

  private static Optional<Space> documents(List<String> letters) {
    if (letters.size() > 2) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(List.of(""));
    List<String> texts = all;
    while (all.size() + texts.size() * letters.size() < MOST) {
      texts = longer(texts, letters);
      all.addAll(texts);
    }
    return Optional.of(new Space(new Values.Texts(all), false));
  }

  private static List<String> longer(List<String> texts, List<String> letters) {
    List<String> longer = new ArrayList<>();
    for (String text : texts) {
      for (String letter : letters) {
        longer.add(text + letter);
      }
    }
    return longer;
  }
}
