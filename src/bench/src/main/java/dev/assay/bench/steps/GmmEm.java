package dev.assay.bench.steps;

import dev.assay.bench.data.SyntheticData;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Map;
import java.util.ServiceLoader;

/** Sweeps of expectation-maximisation by the model {@code gmm}, in double precision. */
final class GmmEm implements Workload {
  private static final int POINTS = 60_000;
  private static final int COLUMNS = 64;
  private static final int COMPONENTS = 16;

  private final GenerativeModel<?> model;
  private final BatchSource points;
  private double loss = Double.NaN;

  GmmEm(Backend backend, RandomStream random) {
    float[] data = SyntheticData.mixture(POINTS, COLUMNS, COMPONENTS, random.child("points"));
    points = new Points(Batch.of(new Values.Dense(Shape.of(COLUMNS), data)));
    model = create(provider(), new Context(backend, random.child("model")));
  }

  private static ModelProvider<?, ?> provider() {
    for (ModelProvider<?, ?> provider : ServiceLoader.load(ModelProvider.class)) {
      if (provider.id().equals("gmm")) {
        return provider;
      }
    }
    throw new IllegalStateException("the model gmm is not on the class path");
  }

  private static <C extends Record> GenerativeModel<?> create(
      ModelProvider<C, ?> provider, ModelContext context) {
    Map<String, Object> settings = Map.of("components", COMPONENTS, "starts", 1, "tolerance", 0.0);
    return provider.create(Configs.bind(provider.configType(), settings), context);
  }

  /** One sweep: the E-step, then the M-step. The first also finds the start. */
  @Override
  public void step() {
    loss = model.train(points).loss();
  }

  /** −ln p of a point before the sweep, in nats. */
  @Override
  public double loss() {
    return loss;
  }

  /**
   * Triangular whitening and symmetric covariances, d² operations each for a point and a component;
   * data once for each step, responsibilities written and read.
   */
  @Override
  public Cost cost() {
    long pairs = (long) POINTS * COMPONENTS;
    long bytes = 2L * Float.BYTES * POINTS * COLUMNS + 2L * Double.BYTES * pairs;
    return new Cost(2 * pairs * COLUMNS * COLUMNS, bytes, model.parameters(), POINTS);
  }

  @Override
  public void close() {
    model.close();
  }

  private record Context(Backend backend, RandomStream random) implements ModelContext {
    @Override
    public GenerativeModel<?> parent(String role) {
      throw new IllegalArgumentException("there is no parent '" + role + "'");
    }

    @Override
    public DataSpec spec() {
      return DataSpec.of(new Modality.Tabular(COLUMNS));
    }

    @Override
    public int trainSize() {
      return POINTS;
    }

    @Override
    public Tokenizer tokenizer(TokenizerSpec wanted) {
      throw new IllegalArgumentException("points are no text");
    }
  }

  private record Points(Batch all) implements BatchSource {
    @Override
    public int size() {
      return all.count();
    }

    @Override
    public Batch next(int count) {
      return all.range(0, count);
    }

    @Override
    public Batch alike(int count) {
      throw new IllegalStateException("points are no texts");
    }

    @Override
    public int[] windows(Tokenizer tokenizer, int count, int length) {
      throw new IllegalStateException("points are no text");
    }

    @Override
    public Consecutive consecutive(Tokenizer tokenizer, int count, int length) {
      throw new IllegalStateException("points are no text");
    }
  }
}
