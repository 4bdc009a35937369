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
public final class PreparedData implements dev.assay.spi.PreparedData {
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

  @Override
  public DatasetCard card() {
    return card;
  }

  public Preprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public DataSpec.Conditional spec() {
    return preprocessing.spec();
  }

  @Override
  public Batch train() {
    return train;
  }

  @Override
  public Optional<Batch> valid() {
    return valid;
  }

  @Override
  public Batch test() {
    return test;
  }

  @Override
  public Optional<KnownDensity> density() {
    return density;
  }

  @Override
  public int trainSize() {
    if (!Texts.isStream(spec())) {
      return train.count();
    }
    String text = Texts.stream(train);
    return text.codePointCount(0, text.length());
  }

  /** The data as a model that asks for this encoding sees them; fitted once, on train alone. */
  @Override
  public EncodedData encode(Fit.Encoding encoding) {
    return encoded.computeIfAbsent(encoding, this::fit);
  }

  @Override
  public Tokenizer tokenizer(String kind) {
    return tokenizers.computeIfAbsent(
        kind, k -> Tokenizers.create(k, train.texts().texts(), heldOutTexts()));
  }

  @Override
  public String signature() {
    return preprocessing.signature();
  }

  @Override
  public String hash() {
    return ContentHash.of(train, valid, test);
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
