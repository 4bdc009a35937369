package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.Canaries;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes canaries (Carlini et al. 2019): examples that no data would hold, but whose parts occur. A
 * number or pixel is that of a training example of its own in the same place; a text is {@link
 * #LENGTH} characters, each from a place of its own in the training texts. A canary stands under
 * the condition of a random training example.
 *
 * @param count of different canaries among the training examples
 * @param copies of each
 */
record Secrets(int count, int copies) {
  /** Characters of a text. */
  private static final int LENGTH = 12;

  /** Canaries that are not planted, to rank a planted one among: 1000 with it. */
  private static final int OTHERS = 999;

  private static final RandomStream FIXED = RandomStream.root(0).child("canaries");

  /**
   * What the settings ask for, if anything.
   *
   * @throws ConfigException if it makes no sense for such data
   */
  static Optional<Secrets> of(DataSpec.Conditional spec, PreprocessOptions options) {
    if (options.canaries() == 0) {
      if (options.copies() != 1) {
        throw new ConfigException(
            "copies", "'copies' has a meaning only with canaries", List.of("1"));
      }
      return Optional.empty();
    }
    boolean hosts =
        switch (spec.x()) {
          case Modality.Tabular _, Modality.Image _ -> true;
          case Modality.Text text -> text.form() == Modality.Text.Form.DOCUMENTS;
          case Modality.Audio _, Modality.Label _, Modality.Nothing _ -> false;
        };
    if (!hosts) {
      throw new ConfigException(
          "canaries",
          "only tables, images and documents can hold canaries, not " + spec.x(),
          List.of("0"));
    }
    if (options.binarize() == PreprocessOptions.Binarize.STOCHASTIC) {
      throw new ConfigException(
          "canaries",
          "a canary is a fixed example, but binarize: stochastic draws it afresh each time",
          List.of("0"));
    }
    return Optional.of(new Secrets(options.canaries(), options.copies()));
  }

  /** {@code |key:value} of what is planted. */
  String signature() {
    return "|canaries:%d|copies:%d".formatted(count, copies);
  }

  /** Canaries for training examples. */
  Canaries of(Batch train) {
    Batch all = make(train, count + OTHERS);
    return new Canaries(all.range(0, count), all.range(count, count + OTHERS), copies);
  }

  private static Batch make(Batch train, int wanted) {
    RandomStream conditions = FIXED.child("conditions");
    int[] places = IntStream.range(0, wanted).map(_ -> conditions.nextInt(train.count())).toArray();
    return new Batch(make(train.x(), wanted), train.condition().select(places));
  }

  private static Values make(Values train, int wanted) {
    RandomStream random = FIXED.child("x");
    return switch (train) {
      case Values.Dense dense -> {
        int width = dense.width();
        float[] data = new float[wanted * width];
        for (int i = 0; i < data.length; i++) {
          data[i] = dense.data()[random.nextInt(dense.count()) * width + i % width];
        }
        yield new Values.Dense(dense.item(), data);
      }
      case Values.Texts(List<String> texts) -> {
        int[] letters = String.join("", texts).codePoints().toArray();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
          int[] text = new int[LENGTH];
          Arrays.setAll(text, _ -> letters[random.nextInt(letters.length)]);
          made.add(new String(text, 0, LENGTH));
        }
        yield new Values.Texts(made);
      }
      case Values.Labels _, Values.Nothing _ ->
          throw new IllegalArgumentException("no canaries among " + train);
    };
  }

  /** Training examples with the planted canaries behind them. */
  static Batch planted(Batch train, Canaries canaries) {
    Batch all = train;
    for (int copy = 0; copy < canaries.copies(); copy++) {
      all =
          new Batch(
              join(all.x(), canaries.planted().x()),
              join(all.condition(), canaries.planted().condition()));
    }
    return all;
  }

  private static Values join(Values first, Values second) {
    return switch (first) {
      case Values.Dense(var item, float[] data) -> {
        float[] more = ((Values.Dense) second).data();
        float[] all = Arrays.copyOf(data, data.length + more.length);
        System.arraycopy(more, 0, all, data.length, more.length);
        yield new Values.Dense(item, all);
      }
      case Values.Labels(int[] labels) -> {
        int[] more = ((Values.Labels) second).labels();
        yield new Values.Labels(
            IntStream.concat(Arrays.stream(labels), Arrays.stream(more)).toArray());
      }
      case Values.Texts(List<String> texts) -> {
        List<String> all = new ArrayList<>(texts);
        all.addAll(((Values.Texts) second).texts());
        yield new Values.Texts(all);
      }
      case Values.Nothing(int count) -> new Values.Nothing(count + second.count());
    };
  }
}
