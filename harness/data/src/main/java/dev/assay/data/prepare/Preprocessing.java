package dev.assay.data.prepare;

import dev.assay.data.prepare.PreprocessOptions.Binarize;
import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Binarisation, small letters, or nothing. Known before any file is read.
 *
 * @param spec what x and condition are afterwards
 * @param binarizer what is done, if anything
 * @param fresh whether it is drawn afresh at each draw of a training example
 * @param lowercase whether capital letters of texts become small ones
 * @param signature {@code |key:value} of what was done; empty if nothing was
 */
record Preprocessing(
    DataSpec.Conditional spec,
    Optional<Binarizer> binarizer,
    boolean fresh,
    boolean lowercase,
    String signature) {
  private static final RandomStream FIXED = RandomStream.root(0).child("preprocessing");

  /**
   * The preprocessing of data of a form.
   *
   * @throws ConfigException if it makes no sense for such data
   */
  static Preprocessing of(DataSpec given, PreprocessOptions options) {
    if (!(given instanceof DataSpec.Conditional spec)) {
      throw new ConfigException("", "no preprocessing is defined for " + given, List.of());
    }
    Binarize how = options.binarize();
    if (options.threshold() != 0 && how != Binarize.THRESHOLD) {
      throw new ConfigException(
          "threshold", "'threshold' has a meaning only with binarize: threshold", List.of());
    }
    boolean lowercase = options.lowercase();
    boolean texts = spec.x() instanceof Modality.Text || spec.condition() instanceof Modality.Text;
    if (lowercase && !(texts && how == Binarize.NONE)) {
      throw new ConfigException(
          "lowercase", "only texts have capital letters, not " + spec, List.of("false"));
    }
    if (how == Binarize.NONE) {
      return new Preprocessing(
          spec, Optional.empty(), false, lowercase, lowercase ? "|lowercase" : "");
    }
    if (!(spec.x() instanceof Modality.Image image)) {
      throw new ConfigException(
          "binarize", "only images can be binarized, not " + spec.x(), List.of("none"));
    }
    DataSpec.Conditional binary =
        new DataSpec.Conditional(
            new Modality.Image(image.height(), image.width(), image.channels(), 2),
            spec.condition());
    if (how == Binarize.THRESHOLD) {
      int threshold = threshold(image, options.threshold());
      return new Preprocessing(
          binary,
          Optional.of(new Binarizer.Threshold(threshold)),
          false,
          false,
          "|binarize:threshold-" + threshold);
    }
    return new Preprocessing(
        binary,
        Optional.of(new Binarizer.Bernoulli(image.levels() - 1)),
        how == Binarize.STOCHASTIC,
        false,
        "|binarize:" + how.name().toLowerCase(Locale.ROOT));
  }

  private static int threshold(Modality.Image image, int given) {
    int top = image.levels() - 1;
    if (given > top) {
      throw new ConfigException(
          "threshold", "'threshold' is " + given + ", above the highest level, " + top, List.of());
    }
    return given == 0 ? image.levels() / 2 : given;
  }

  /**
   * Examples after preprocessing. What is random in it is the same in all runs.
   *
   * @param part {@code train}, {@code valid} or {@code test}
   */
  Batch fixed(Batch batch, String part) {
    if (lowercase) {
      return new Batch(small(batch.x()), small(batch.condition()));
    }
    if (binarizer.isEmpty()) {
      return batch;
    }
    Values.Dense x = batch.dense();
    float[] data = x.data().clone();
    int width = x.width();
    RandomStream streams = FIXED.child(part);
    for (int i = 0; i < x.count(); i++) {
      binarizer.get().apply(data, i * width, width, streams.child(i).key());
    }
    return new Batch(new Values.Dense(x.item(), data), batch.condition());
  }

  private static Values small(Values values) {
    return values instanceof Values.Texts(List<String> texts)
        ? new Values.Texts(texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList())
        : values;
  }

  /** What happens at each draw of a training example. */
  Optional<Binarizer> freshDraw() {
    return fresh ? binarizer : Optional.empty();
  }
}
