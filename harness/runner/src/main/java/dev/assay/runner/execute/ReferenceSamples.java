package dev.assay.runner.execute;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples that need no model. */
final class ReferenceSamples {
  private ReferenceSamples() {}

  /** Whether data of this kind have them: a single running text has no examples to replay. */
  static boolean exist(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality x, Modality _)
        && switch (x) {
          case Modality.Tabular _, Modality.Image _, Modality.Audio _ -> true;
          case Modality.Text(Modality.Text.Form form) -> form == Modality.Text.Form.DOCUMENTS;
          case Modality.Label _, Modality.Nothing _ -> false;
        };
  }

  /**
   * Training examples in a random order: a half of them where that is enough, then the other half,
   * then the same again.
   */
  static Values replayed(Values train, int count, RandomStream random) {
    int[] order = random.permutation(train.count());
    int[] chosen = new int[count];
    Arrays.setAll(chosen, i -> order[i % order.length]);
    return train.select(chosen);
  }

  /**
   * Each coordinate that of a training example of its own; of texts, each character that of a
   * random place, with the length of a random training text.
   */
  static Values independent(Values train, int count, RandomStream random) {
    return switch (train) {
      case Values.Dense dense -> independent(dense, count, random);
      case Values.Texts texts -> new Values.Texts(shuffled(texts.texts(), count, random));
      case Values.Labels _, Values.Nothing _ -> replayed(train, count, random);
    };
  }

  private static Values.Dense independent(Values.Dense train, int count, RandomStream random) {
    int width = train.width();
    float[] data = new float[count * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = train.data()[random.nextInt(train.count()) * width + i % width];
    }
    return new Values.Dense(train.item(), data);
  }

  private static List<String> shuffled(List<String> train, int count, RandomStream random) {
    int[] characters = String.join("", train).codePoints().toArray();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String like = train.get(random.nextInt(train.size()));
      StringBuilder text = new StringBuilder();
      for (int c = like.codePointCount(0, like.length()); c > 0; c--) {
        text.appendCodePoint(characters[random.nextInt(characters.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
