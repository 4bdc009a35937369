package dev.assay.runner.execute;

import dev.assay.spi.Batch;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetFiles;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.StateStore;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A data module in small: standard normal points in the plane. Encoding multiplies by {@link
 * #SCALE}, so that its log-determinant is 2 ln {@code SCALE}.
 */
final class PlaneData
    implements DataPreparer<PlaneData.None, PlaneData.None>, DatasetProvider, DatasetFiles {
  static final String ID = "plane";
  static final int TRAIN = 40;
  static final int TEST = 11;
  static final int VALID = 10;
  static final float SCALE = 2;
  static final DatasetCard CARD = card(ID);

  /** Other points of the same kind. */
  static final DatasetCard OTHER = card("other-plane");

  private static DatasetCard card(String id) {
    return new DatasetCard(
        id,
        "Plane",
        DataSpec.of(new Modality.Tabular(2)),
        "normal points",
        "none",
        "nobody",
        "fixed",
        List.of());
  }

  /** No settings. */
  record None() {}

  @Override
  public Class<None> splitType() {
    return None.class;
  }

  @Override
  public Class<None> preprocessType() {
    return None.class;
  }

  @Override
  public DataSpec spec(DatasetCard card, None split, None preprocess) {
    return card.spec();
  }

  @Override
  public List<DatasetCard> cards() {
    return List.of(CARD, OTHER);
  }

  @Override
  public Dataset load(String id, Files files) {
    boolean other = id.equals(OTHER.id());
    int seed = other ? 11 : 1;
    return new Dataset(
        other ? OTHER : CARD,
        normal(seed, TRAIN),
        Optional.of(normal(seed + 1, VALID)),
        normal(seed + 2, TEST),
        Optional.empty());
  }

  @Override
  public PreparedData prepare(Dataset dataset, None split, None preprocess) {
    return new Prepared(dataset);
  }

  @Override
  public State state(String dataset, DatasetCard.Source source) {
    return State.REMOTE;
  }

  @Override
  public Path cache() {
    return Path.of("nowhere");
  }

  @Override
  public Path get(String dataset, DatasetCard.Source source) throws IOException {
    throw new IOException("there are no files");
  }

  private static Batch normal(long seed, int count) {
    RandomStream random = RandomStream.root(seed);
    float[] data = new float[2 * count];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian();
    }
    return Batch.of(new Values.Dense(Shape.of(2), data));
  }

  private static Batch scaled(Batch batch, float factor) {
    float[] data = batch.dense().data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] *= factor;
    }
    return new Batch(new Values.Dense(batch.dense().item(), data), batch.condition());
  }

  private record Prepared(Dataset dataset) implements PreparedData {
    @Override
    public DatasetCard card() {
      return CARD;
    }

    @Override
    public DataSpec.Conditional spec() {
      return (DataSpec.Conditional) CARD.spec();
    }

    @Override
    public Batch train() {
      return dataset.train();
    }

    @Override
    public Optional<Batch> valid() {
      return dataset.valid();
    }

    @Override
    public Batch test() {
      return dataset.test();
    }

    @Override
    public Optional<Dataset.KnownDensity> density() {
      return Optional.empty();
    }

    @Override
    public EncodedData encoded(Fit.Encoding encoding) {
      return new Doubled(dataset.train());
    }

    @Override
    public Tokenizer tokenizer(TokenizerSpec wanted) {
      throw new IllegalArgumentException("no text");
    }

    @Override
    public String signature() {
      return "data:plane";
    }

    @Override
    public String hash() {
      return "00";
    }
  }

  private record Doubled(Batch train) implements EncodedData {
    @Override
    public ResumableSource batches(RandomStream random) {
      return new Source(scaled(train, SCALE), random);
    }

    @Override
    public Encoded encode(Batch raw, RandomStream random, long first) {
      double[] determinants = new double[raw.count()];
      java.util.Arrays.fill(determinants, 2 * Math.log(SCALE));
      return new Encoded(scaled(raw, SCALE), determinants);
    }

    @Override
    public Values decode(Values values) {
      return scaled(Batch.of(values), 1 / SCALE).x();
    }

    @Override
    public ScoreMethod rawMethod(ScoreMethod method) {
      return method;
    }
  }

  /** Random examples with replacement; the place is how many were drawn. */
  private static final class Source implements ResumableSource {
    private final Batch train;
    private final RandomStream random;
    private long drawn;

    Source(Batch train, RandomStream random) {
      this.train = train;
      this.random = random;
    }

    @Override
    public int size() {
      return train.count();
    }

    @Override
    public Batch next(int count) {
      int[] indices = new int[count];
      for (int i = 0; i < count; i++) {
        indices[i] = random.child(drawn++).nextInt(train.count());
      }
      return train.select(indices);
    }

    @Override
    public Batch all() {
      return train;
    }

    @Override
    public int[] windows(Tokenizer tokenizer, int count, int length) {
      throw new IllegalStateException("no text");
    }

    @Override
    public Batch alike(int count) {
      throw new IllegalStateException("no text");
    }

    @Override
    public Consecutive consecutive(Tokenizer tokenizer, int count, int length) {
      throw new IllegalStateException("no text");
    }

    @Override
    public void save(StateStore store) {
      store.putLongs("data.drawn", drawn);
    }

    @Override
    public void restore(StateStore store) {
      drawn = store.longs("data.drawn")[0];
    }
  }
}
