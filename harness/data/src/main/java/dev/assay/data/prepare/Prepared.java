package dev.assay.data.prepare;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset.KnownDensity;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A dataset after {@link Preprocessing}, in raw form: what metrics compare samples with. Shared by
 * all models that meet the same preprocessing; safe for use by several threads.
 */
public final class PreparedData {
  private final DatasetCard card;
  private final Preprocessing preprocessing;
  private final Batch train;
  private final Batch source;
  private final Optional<Batch> valid;
  private final Batch test;
  private final Optional<KnownDensity> density;
  private final Map<Fit.Encoding, EncodedData> encoded = new ConcurrentHashMap<>();
  private final Map<String, Tokenizer> tokenizers = new ConcurrentHashMap<>();

  /**
   * @param train training examples; random preprocessing drawn once for all
   * @param source what {@code train} was before preprocessing that is drawn afresh; else the same
   */
  PreparedData(
      DatasetCard card,
      Preprocessing preprocessing,
      Batch train,
      Batch source,
      Optional<Batch> valid,
      Batch test,
      Optional<KnownDensity> density) {
    this.card = card;
    this.preprocessing = preprocessing;
    this.train = train;
    this.source = source;
    this.valid = valid;
    this.test = test;
    this.density = density;
  }

  /** What the dataset is, before preprocessing. */
  public DatasetCard card() {
    return card;
  }

  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** What x and condition are, after preprocessing. */
  public DataSpec.Conditional spec() {
    return preprocessing.spec();
  }

  public Batch train() {
    return train;
  }

  public Optional<Batch> valid() {
    return valid;
  }

  public Batch test() {
    return test;
  }

  /** The density of x, where it is known. */
  public Optional<KnownDensity> density() {
    return density;
  }

  /** Number of training examples; of one running text, its characters. */
  public int trainSize() {
    if (!Texts.isStream(spec())) {
      return train.count();
    }
    String text = Texts.stream(train);
    return text.codePointCount(0, text.length());
  }

  /** The data as a model that asks for this encoding sees them; fitted once, on train alone. */
  public EncodedData encode(Fit.Encoding encoding) {
    return encoded.computeIfAbsent(encoding, this::fit);
  }

  /**
   * A tokenizer with a vocabulary from the training text.
   *
   * @param kind one of {@link Tokenizers#KINDS}
   * @throws IllegalArgumentException if there is no such kind
   */
  public Tokenizer tokenizer(String kind) {
    return tokenizers.computeIfAbsent(
        kind, k -> Tokenizers.create(k, train.texts().texts(), heldOutTexts()));
  }

  Batch source() {
    return source;
  }

  private List<String> heldOutTexts() {
    List<String> texts = new ArrayList<>(test.texts().texts());
    valid.ifPresent(batch -> texts.addAll(batch.texts().texts()));
    return texts;
  }

  private EncodedData fit(Fit.Encoding encoding) {
    if (encoding == Fit.Encoding.RAW || !(train.x() instanceof Values.Dense x)) {
      return new EncodedData(this, new Transform.Identity());
    }
    return new EncodedData(
        this,
        spec().x() instanceof Modality.Image image
            ? new Transform.Dequantize(image.levels(), Scaling.wholeImage(x))
            : Scaling.perColumn(x));
  }
}
