package dev.assay.data.prepare;

import dev.assay.data.Sha256;
import dev.assay.data.prepare.PreprocessOptions.Binarize;
import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done to a dataset before any model sees it: its split, then binarisation. Known before
 * any file is read, so that a plan can tell what models will meet and name cells by it.
 *
 * <p>The encoding that a model asks for comes after this: {@link PreparedData#encode}.
 */
public final class Preprocessing {
  private final DataSpec.Conditional before;
  private final DataSpec.Conditional after;
  private final SplitOptions split;
  private final Optional<Binarizer> binarizer;
  private final boolean fresh;
  private final String signature;

  private Preprocessing(
      DataSpec.Conditional before, SplitOptions split, PreprocessOptions options) {
    this.before = before;
    this.split = split;
    binarizer = binarizer(before, options);
    fresh = options.binarize() == Binarize.STOCHASTIC;
    after =
        binarizer.isPresent() && before.x() instanceof Modality.Image(int h, int w, int c, int _)
            ? new DataSpec.Conditional(new Modality.Image(h, w, c, 2), before.condition())
            : before;
    signature =
        "split:train=%d,valid=%d,test=%d|binarize:%s"
            .formatted(split.train(), split.valid(), split.test(), name(options.binarize()));
  }

  /**
   * The preprocessing of data of a form.
   *
   * @throws ConfigException if it makes no sense for such data
   */
  public static Preprocessing of(DataSpec spec, SplitOptions split, PreprocessOptions options) {
    if (!(spec instanceof DataSpec.Conditional conditional)) {
      throw new IllegalArgumentException("no preprocessing is defined for " + spec);
    }
    return new Preprocessing(conditional, split, options);
  }

  private static Optional<Binarizer> binarizer(
      DataSpec.Conditional spec, PreprocessOptions options) {
    Binarize how = options.binarize();
    if (options.threshold() != 0 && how != Binarize.THRESHOLD) {
      throw new ConfigException(
          "threshold", "'threshold' has a meaning only with binarize: threshold", List.of());
    }
    if (how == Binarize.NONE) {
      return Optional.empty();
    }
    if (!(spec.x() instanceof Modality.Image image)) {
      throw new ConfigException(
          "binarize", "only images can be binarized, not " + spec.x(), List.of());
    }
    int top = image.levels() - 1;
    if (options.threshold() > top) {
      throw new ConfigException(
          "threshold",
          "'threshold' is " + options.threshold() + ", above the highest level, " + top,
          List.of());
    }
    return Optional.of(
        how == Binarize.THRESHOLD
            ? new Binarizer.Threshold(
                options.threshold() == 0 ? image.levels() / 2 : options.threshold())
            : new Binarizer.Bernoulli(top));
  }

  private String name(Binarize how) {
    return binarizer.isPresent() && binarizer.get() instanceof Binarizer.Threshold(int threshold)
        ? "threshold(" + threshold + ")"
        : how.name().toLowerCase(Locale.ROOT);
  }

  /** What x and condition are afterwards. */
  public DataSpec.Conditional spec() {
    return after;
  }

  /** What is done: {@code key:value} parts joined by {@code |}. */
  public String signature() {
    return signature;
  }

  /** SHA-256 of {@link #signature} and of the rules behind it, hexadecimal. */
  public String hash() {
    return Sha256.of("preprocessing/1|" + signature);
  }

  /**
   * The split and binarised data. Parts that do not change share their arrays with the dataset.
   *
   * @throws ConfigException if the split asks for more examples than there are
   */
  public PreparedData apply(Dataset dataset) {
    if (!dataset.card().spec().equals(before)) {
      throw new IllegalArgumentException(
          dataset.card().id() + " is " + dataset.card().spec() + ", not " + before);
    }
    Splits parts = Splits.of(dataset, split);
    Batch train = fixed(parts.train(), "train");
    return new PreparedData(
        dataset.card(),
        this,
        train,
        fresh ? parts.train() : train,
        parts.valid().map(valid -> fixed(valid, "valid")),
        fixed(parts.test(), "test"),
        binarizer.isPresent() ? Optional.empty() : dataset.density());
  }

  /** What happens at each draw of a training example. */
  Optional<Binarizer> freshDraw() {
    return fresh ? binarizer : Optional.empty();
  }

  private Batch fixed(Batch batch, String part) {
    if (binarizer.isEmpty()) {
      return batch;
    }
    Values.Dense x = batch.dense();
    float[] data = x.data().clone();
    int width = x.width();
    for (int i = 0; i < x.count(); i++) {
      binarizer.get().apply(data, i * width, width, Draws.fixed(part).child(i).key());
    }
    return new Batch(new Values.Dense(x.item(), data), batch.condition());
  }
}
