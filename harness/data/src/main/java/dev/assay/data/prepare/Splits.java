package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Dataset;
import dev.assay.spi.Values;
import java.util.List;
import java.util.Optional;

/** The parts of a dataset after {@link SplitOptions}. */
record Splits(Batch train, Optional<Batch> valid, Batch test) {
  static Splits of(Dataset dataset, SplitOptions options) {
    Part train = Part.of(dataset, dataset.train());
    Part test = Part.of(dataset, dataset.test());
    if (options.valid() > 0 && dataset.valid().isPresent()) {
      throw new ConfigException(
          "valid", dataset.card().id() + " has validation examples of its own", List.of());
    }
    int all = train.length();
    check("valid", options.valid(), all - 1, "training");
    int rest = all - options.valid();
    check("train", options.train(), rest, "training");
    check("test", options.test(), test.length(), "test");
    return new Splits(
        train.range(0, options.train() == 0 ? rest : options.train()),
        options.valid() == 0 ? dataset.valid() : Optional.of(train.range(rest, all)),
        test.range(0, options.test() == 0 ? test.length() : options.test()));
  }

  private static void check(String key, int wanted, int most, String part) {
    if (wanted > most) {
      throw new ConfigException(
          key,
          "'%s' is %d, but the %s examples allow %d at most".formatted(key, wanted, part, most),
          List.of());
    }
  }

  /** A sequence of examples, or of the characters of one running text. */
  private record Part(Batch batch, Optional<String> stream) {
    static Part of(Dataset dataset, Batch batch) {
      return new Part(
          batch,
          Texts.isStream(dataset.card().spec())
              ? Optional.of(Texts.stream(batch))
              : Optional.empty());
    }

    int length() {
      return stream.map(text -> text.codePointCount(0, text.length())).orElse(batch.count());
    }

    Batch range(int from, int to) {
      if (from == 0 && to == length()) {
        return batch;
      }
      if (stream.isEmpty()) {
        return batch.range(from, to);
      }
      String text = stream.get();
      int start = text.offsetByCodePoints(0, from);
      String part = text.substring(start, text.offsetByCodePoints(start, to - from));
      return new Batch(new Values.Texts(List.of(part)), batch.condition());
    }
  }
}
