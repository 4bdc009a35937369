package dev.assay.data.prepare;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.Canaries;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Dataset.KnownDensity;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A dataset after {@link Splits} and {@link Preprocessing}. Unchanged parts share their arrays. */
final class Prepared implements PreparedData {
  private static final int DIGITS = 12;

  private final Dataset dataset;
  private final Preprocessing preprocessing;
  private final String signature;
  private final Batch source;
  private final Optional<Canaries> canaries;
  private final Batch train;
  private final Optional<Batch> valid;
  private final Batch test;
  private final Map<Fit.Encoding, EncodedData> encoded = new ConcurrentHashMap<>();
  private final Map<TokenizerSpec, Tokenizer> tokenizers = new ConcurrentHashMap<>();
  private @Nullable String hash;

  /**
   * @param secrets what is planted among the training examples
   * @param variant {@code key:value} parts that say what was done to the data
   */
  Prepared(
      Dataset dataset,
      Splits parts,
      Preprocessing preprocessing,
      Optional<Secrets> secrets,
      String variant) {
    this.dataset = dataset;
    this.preprocessing = preprocessing;
    Batch fixed = preprocessing.fixed(parts.train(), "train");
    canaries = secrets.map(wanted -> wanted.of(fixed));
    train = canaries.map(made -> Secrets.planted(fixed, made)).orElse(fixed);
    source = preprocessing.fresh() ? parts.train() : train;
    valid = parts.valid().map(batch -> preprocessing.fixed(batch, "valid"));
    test = preprocessing.fixed(parts.test(), "test");
    signature = variant + "|sha:" + ContentHash.of(spec(), test).substring(0, DIGITS);
  }

  @Override
  public DatasetCard card() {
    return dataset.card();
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
    return preprocessing.binarizer().isPresent() ? Optional.empty() : dataset.density();
  }

  @Override
  public Optional<Dataset.Factors> factors() {
    return dataset.factors().map(all -> all.select(IntStream.range(0, test.count()).toArray()));
  }

  @Override
  public Optional<Canaries> canaries() {
    return canaries;
  }

  @Override
  public EncodedData encoded(Fit.Encoding encoding) {
    return encoded.computeIfAbsent(encoding, this::fit);
  }

  @Override
  public Tokenizer tokenizer(TokenizerSpec wanted) {
    return tokenizers.computeIfAbsent(
        wanted, k -> Tokenizers.create(k, texts(train, k.side()), heldOutTexts(k.side())));
  }

  @Override
  public String signature() {
    return signature;
  }

  @Override
  public synchronized String hash() {
    String known = hash;
    if (known == null) {
      known = ContentHash.of(this);
      hash = known;
    }
    return known;
  }

  /** Training examples before preprocessing that is drawn afresh; else as {@link #train}. */
  Batch source() {
    return source;
  }

  /** What happens at each draw from {@link #source}. */
  Optional<Binarizer> freshDraw() {
    return preprocessing.freshDraw();
  }

  /** Number of training examples; of one running text, its characters. */
  int trainSize() {
    if (!Texts.isStream(spec())) {
      return train.count();
    }
    String text = Texts.stream(train);
    return text.codePointCount(0, text.length());
  }

  private List<String> heldOutTexts(TokenizerSpec.Side side) {
    List<String> texts = new ArrayList<>(texts(test, side));
    valid.ifPresent(batch -> texts.addAll(texts(batch, side)));
    return texts;
  }

  private List<String> texts(Batch batch, TokenizerSpec.Side side) {
    return switch (side) {
      case X -> texts(batch.x());
      case CONDITION -> texts(batch.condition());
      case BOTH -> {
        List<String> both = new ArrayList<>(texts(batch.x()));
        both.addAll(texts(batch.condition()));
        yield both;
      }
    };
  }

  private List<String> texts(Values values) {
    if (values instanceof Values.Texts(List<String> texts)) {
      return texts;
    }
    throw new IllegalArgumentException(
        "a tokenizer needs text, but " + card().id() + " is " + spec());
  }

  private EncodedData fit(Fit.Encoding encoding) {
    if (encoding == Fit.Encoding.RAW || !(train.x() instanceof Values.Dense x)) {
      return new Encoder(this, new Transform.Identity());
    }
    return new Encoder(
        this,
        spec().x() instanceof Modality.Image image
            ? new Transform.Dequantize(
                image.levels(),
                encoding == Fit.Encoding.DEQUANTIZED ? Scaling.none() : Scaling.wholeImage(x))
            : Scaling.perColumn(x));
  }
}
