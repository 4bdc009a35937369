package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Infiller;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Observed;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One model on one toy, with all that it runs on. */
final class Trial<C extends Record, S extends Record> implements AutoCloseable {
  private static final int CHUNK = 512;
  private static final int IMPORTANCE_SAMPLES = 8;

  private final Toy toy;
  private final Backend backend;
  private final Map<String, GenerativeModel<?>> parents;
  private final GenerativeModel<S> model;
  private final ToyBatches batches;
  private final Batch train;
  private final S sampler;
  private final List<Double> losses = new ArrayList<>();

  /**
   * @param ancestry makes trained models for the roles that the provider names
   */
  Trial(ModelProvider<C, S> provider, Toy toy, int threads, Ancestry ancestry) {
    this.toy = toy;
    C config = Configs.bind(provider.configType(), toy.params());
    Fit fit = provider.fits(config, toy.spec());
    assertThat(fit).as("fit of %s to %s", provider.id(), toy.spec()).isInstanceOf(Fit.Yes.class);
    train = toy.encoded(((Fit.Yes) fit).encoding());
    sampler = Configs.bind(provider.samplerType(), toy.sampler());
    backend = Backends.open(threads);
    TestContext context = TestContext.of(backend, 7, toy.spec(), train);
    BatchSource examples = new ToyBatches(toy.spec(), train, RandomStream.root(5).child("parents"));
    parents = ancestry.parents(context, examples);
    assertThat(parents.keySet()).as("roles of parents").isEqualTo(provider.parents());
    model = provider.create(config, context.with(parents));
    batches = new ToyBatches(toy.spec(), train, RandomStream.root(7).child("batches"));
  }

  /** Makes the parents of a model. */
  interface Ancestry {
    Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches);
  }

  /** What the parents hold, by role. */
  Map<String, MapStateStore> parentStates() {
    Map<String, MapStateStore> states = new TreeMap<>();
    parents.forEach((role, parent) -> {
      MapStateStore state = new MapStateStore();
      parent.save(state);
      states.put(role, state);
    });
    return states;
  }

  GenerativeModel<S> model() {
    return model;
  }

  /** Training examples in the model's encoding. */
  Batch train() {
    return train;
  }

  /** Updates until the model says it has finished, and one more, but at most this many. */
  List<Double> train(int updates) {
    int first = losses.size();
    boolean finished = false;
    for (int i = 0; i < updates && !finished; i++) {
      StepReport report = model.train(batches);
      assertThat(report.examples()).as("examples of an update").isPositive();
      losses.add(report.loss());
      finished = report.finished();
    }
    if (finished) {
      losses.add(model.train(batches).loss());
    }
    return List.copyOf(losses.subList(first, losses.size()));
  }

  /** Trains as long as the toy asks for. */
  void trainFully() {
    train(toy.updates());
  }

  /** Of all updates so far. */
  List<Double> losses() {
    return losses;
  }

  /** Samples from number {@code first}, under the condition of the first training example. */
  Values sample(int first, int count) {
    RandomStream random = RandomStream.root(11).child("samples");
    return model
        .sample(new SampleRequest(first, count, conditions(count), random), sampler)
        .values();
  }

  /** Whether the model completes such x. */
  boolean infills() {
    return model instanceof Infiller<S> && train.x() instanceof Values.Dense;
  }

  /** Completions from number {@code first}, under the condition of the first training example. */
  Values.Dense infill(int first, Observed observed) {
    RandomStream random = RandomStream.root(11).child("samples");
    int count = observed.count();
    SampleRequest request = new SampleRequest(first, count, conditions(count), random);
    return (Values.Dense) ((Infiller<S>) model).infill(request, observed, sampler).values();
  }

  /** The first samples under the conditions of the training examples, in turn: numbers. */
  Values.Dense samples(int count) {
    int[] examples = new int[count];
    Arrays.setAll(examples, i -> i % train.count());
    Values conditions = train.condition().select(examples);
    RandomStream random = RandomStream.root(11).child("samples");
    SampleRequest request = new SampleRequest(0, count, conditions, random);
    return (Values.Dense) model.sample(request, sampler).values();
  }

  /** How the model can score; empty if it cannot. */
  List<ScoreMethod> methods() {
    return model instanceof Scorer scorer ? scorer.methods(IMPORTANCE_SAMPLES) : List.of();
  }

  /** −ln p in nats, in chunks. */
  double[] score(Batch batch, ScoreMethod method, int first) {
    double[] nats = new double[batch.count()];
    for (int from = 0; from < nats.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, nats.length);
      double[] part = score(batch.range(from, to), method, "scores", (long) first + from);
      System.arraycopy(part, 0, nats, from, part.length);
    }
    return nats;
  }

  /** −ln p in nats of one batch, under a named random stream. */
  double[] score(Batch batch, ScoreMethod method, String stream, long first) {
    RandomStream random = RandomStream.root(13).child(stream);
    return ((Scorer) model).score(batch, method, random, first);
  }

  /** Values under the condition of the first training example. */
  Batch batch(Values x) {
    return new Batch(x, conditions(x.count()));
  }

  private Values conditions(int count) {
    return train.condition().select(new int[count]);
  }

  MapStateStore state() {
    MapStateStore store = new MapStateStore();
    model.save(store);
    batches.save(store);
    return store;
  }

  void restore(MapStateStore store) {
    model.restore(store);
    batches.restore(store);
  }

  @Override
  public void close() {
    model.close();
    parents.values().forEach(GenerativeModel::close);
    backend.close();
  }
}
