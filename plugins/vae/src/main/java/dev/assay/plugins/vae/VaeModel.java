package dev.assay.plugins.vae;

import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Block;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Auto-encoding variational Bayes: the single-draw estimator of the bound, by Adam. */
final class VaeModel implements GenerativeModel<VaeSampler>, Scorer {
  private static final int SAMPLE_ROWS = 64;
  private static final String ELBO = "elbo";
  private static final String IWAE = "iwae";

  private final VaeConfig config;
  private final Backend backend;
  private final RandomStream noise;
  private final Shape item;
  private final ParameterStore store;
  private final VaeNetwork network;
  private final Program training;
  private @Nullable Program sampling;
  private @Nullable Bounds bounds;
  private long steps;

  /**
   * @param item shape of one example
   */
  VaeModel(VaeConfig config, ModelContext context, Likelihood likelihood, Shape item) {
    this.config = config;
    this.item = item;
    backend = context.backend();
    noise = context.random().child("noise");
    store = new ParameterStore(backend, context.random().child("weights"));
    network = VaeNetwork.create(store, config, likelihood, item.size());
    training = compileTraining();
  }

  private Program compileTraining() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(config.batch(), item.size()));
    Tensor weight = Tensor.input("kl_weight", DType.F32, Shape.SCALAR);
    VaeNetwork.Posterior posterior = network.encode(x);
    Tensor z = posterior.draw(Draws.root().child("latent").normal(posterior.mean().shape()));
    Tensor reconstruction = network.logLikelihood(x, z).mean().neg();
    Tensor divergence = posterior.divergence().mean();
    return new TrainStep(
            reconstruction.add(divergence.mul(weight)),
            store.parameters(),
            Adam.standard(store.scope("adam")))
        .output("reconstruction", reconstruction)
        .output("kl", divergence)
        .compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    training.set("x", batches.next(config.batch()).dense().data());
    training.set("kl_weight", new float[] {klWeight()});
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) config.learningRate()});
    training.seed(noise.child(steps));
    training.run();
    steps++;
    return new StepReport(
        training.scalar(TrainStep.LOSS),
        config.batch(),
        false,
        Map.of(
            "reconstruction", (double) training.scalar("reconstruction"),
            "kl", (double) training.scalar("kl")));
  }

  private float klWeight() {
    return config.klWarmup() == 0 ? 1 : (float) Math.min(1, (steps + 1.0) / config.klWarmup());
  }

  @Override
  public Samples sample(SampleRequest request, VaeSampler sampler) {
    if (sampling == null) {
      sampling = compileSampling();
    }
    int width = item.size();
    int[] wanted = request.keys();
    int[] keys = new int[2 * SAMPLE_ROWS];
    float[] rows = new float[SAMPLE_ROWS * width];
    float[] drawn = new float[request.count() * width];
    sampling.set("temperature", new float[] {(float) sampler.temperature()});
    for (Block block : Block.of(request.count(), request.first(), SAMPLE_ROWS)) {
      System.arraycopy(wanted, 2 * block.from(), keys, 2 * block.row(), 2 * block.count());
      sampling.set("keys", keys);
      sampling.run();
      sampling.get("x", rows);
      System.arraycopy(
          rows, block.row() * width, drawn, block.from() * width, block.count() * width);
    }
    return new Samples(new Values.Dense(item, drawn));
  }

  private Program compileSampling() {
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(SAMPLE_ROWS, 2)));
    Tensor temperature = Tensor.input("temperature", DType.F32, Shape.SCALAR);
    Tensor prior = draws.child("prior").normal(Shape.of(SAMPLE_ROWS, config.latent()));
    Tensor decoded = network.decode(prior.mul(temperature));
    Tensor x = network.likelihood().draw(decoded, draws.child("x"));
    return backend.compile(Graph.builder().output("x", x).build());
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod.Measure measure = network.likelihood().measure();
    return List.of(
        new ScoreMethod(IWAE, ScoreMethod.Kind.LOWER_BOUND, measure, importanceSamples),
        new ScoreMethod(ELBO, ScoreMethod.Kind.LOWER_BOUND, measure, 0));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (bounds == null) {
      bounds = new Bounds(backend, network, item.size(), config.latent());
    }
    float[] data = batch.dense().data();
    return switch (method.id()) {
      case ELBO -> bounds.evidence(data, random, first);
      case IWAE -> bounds.importanceWeighted(data, method.samples(), random, first);
      default ->
          throw new IllegalArgumentException(
              "no score method '" + method.id() + "'; choices: " + ELBO + ", " + IWAE);
    };
  }

  @Override
  public long parameters() {
    return store.count();
  }

  @Override
  public void save(StateStore state) {
    States.save(store, state);
    state.putLongs("steps", steps);
  }

  @Override
  public void restore(StateStore state) {
    States.restore(store, state);
    steps = state.longs("steps")[0];
  }

  @Override
  public void close() {
    training.close();
    if (sampling != null) {
      sampling.close();
    }
    if (bounds != null) {
      bounds.close();
    }
  }
}
