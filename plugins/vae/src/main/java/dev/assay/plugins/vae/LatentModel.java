package dev.assay.plugins.vae;

import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Infiller;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.LatentLikelihood;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Observed;
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
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Auto-encoding variational Bayes under any objective: one gradient step of Adam to an update. */
public final class LatentModel
    implements Infiller<VaeSampler>, Scorer, LatentCodec, LatentLikelihood {
  private static final String X = "x";
  private static final String WEIGHT = "weight";
  private static final String ELBO = "elbo";
  private static final String IWAE = "iwae";

  private final Recipe recipe;
  private final Backend backend;
  private final RandomStream noise;
  private final Shape item;
  private final ParameterStore store;
  private final VaeNetwork network;
  private final List<String> curves;
  private final Program training;
  private final Lazy<RowProgram> encoding = new Lazy<>(this::compileEncoding, RowProgram::close);
  private final Lazy<RowProgram> decoding = new Lazy<>(this::compileDecoding, RowProgram::close);
  private final Lazy<RowProgram> drawing = new Lazy<>(this::compileDrawing, RowProgram::close);
  private final Lazy<RowProgram> completing =
      new Lazy<>(this::compileCompleting, RowProgram::close);
  private final Lazy<Bounds> bounds = new Lazy<>(this::compileBounds, Bounds::close);
  private final Lazy<RowProgram> sloping = new Lazy<>(this::compileSlope, RowProgram::close);
  private long steps;

  public LatentModel(Recipe recipe, ModelContext context) {
    this.recipe = recipe;
    item = Items.shape(Items.of(context.spec()));
    backend = context.backend();
    noise = context.random().child("noise");
    store = new ParameterStore(backend, context.random().child("weights"));
    network = VaeNetwork.create(store, recipe, Items.of(context.spec()));
    Tensor x = Tensor.input(X, DType.F32, Shape.of(recipe.training().batch(), item.size()));
    Tensor weight = Tensor.input(WEIGHT, DType.F32, Shape.SCALAR);
    Given given = recipe.condition().input(recipe.training().batch());
    Objective.Loss loss = recipe.objective().of(network, x, given, weight, Draws.root());
    curves = List.copyOf(loss.curves().keySet());
    Adam adam = Adam.standard(store.scope("adam"));
    TrainStep step = new TrainStep(loss.value(), store.parameters(), adam);
    loss.curves().forEach(step::output);
    training = step.compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(recipe.training().batch());
    training.set(X, batch.dense().data());
    training.set(WEIGHT, new float[] {recipe.weight(steps)});
    recipe.condition().set(training, batch.condition());
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) recipe.training().learningRate()});
    training.seed(noise.child(steps));
    training.run();
    steps++;
    Map<String, Double> details = new LinkedHashMap<>();
    curves.forEach(curve -> details.put(curve, (double) training.scalar(curve)));
    return new StepReport(
        training.scalar(TrainStep.LOSS), recipe.training().batch(), false, details);
  }

  /** z ~ N(0, temperature² I), then x ~ p(x | z). */
  @Override
  public Samples sample(SampleRequest request, VaeSampler sampler) {
    float[] temperatures = new float[request.count()];
    Arrays.fill(temperatures, (float) sampler.temperature());
    float[] x =
        drawing.get().run(temperatures, request.condition(), request.keys(), request.first());
    return new Samples(new Values.Dense(item, x));
  }

  private RowProgram compileDrawing() {
    return RowProgram.of(
        backend,
        recipe.condition(),
        1,
        (temperature, given, draws) -> {
          Shape latent = Shape.of(temperature.dim(0), recipe.latent());
          Tensor z = draws.child("prior").normal(latent).mul(temperature);
          return network.likelihood().draw(network.decode(z, given), draws.child("x"));
        });
  }

  /**
   * Begins with a sample, and then in each sweep draws z ~ q(z | x) and what is unknown from p(x |
   * z): a Markov chain whose draws come near to p(unknown | known), the nearer the better q is.
   * Rezende et al. 2014, appendix F.
   */
  @Override
  public Samples infill(SampleRequest request, Observed observed, VaeSampler sampler) {
    float[] x = ((Values.Dense) sample(request, sampler).values()).data();
    keep(observed, x);
    for (int sweep = 0; sweep < sampler.sweeps(); sweep++) {
      int[] keys = new int[2 * request.count()];
      for (int i = 0; i < request.count(); i++) {
        long key = request.stream(i).child("sweep").child(sweep).key();
        keys[2 * i] = (int) key;
        keys[2 * i + 1] = (int) (key >>> 32);
      }
      x = completing.get().run(x, request.condition(), keys, request.first());
      keep(observed, x);
    }
    return new Samples(new Values.Dense(item, x));
  }

  private static void keep(Observed observed, float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = observed.known()[i] ? observed.x().data()[i] : x[i];
    }
  }

  private RowProgram compileCompleting() {
    return RowProgram.of(
        backend,
        recipe.condition(),
        item.size(),
        (x, given, draws) -> {
          Posterior posterior = network.encode(x, given);
          Tensor z = posterior.draw(draws.child("latent").normal(posterior.mean().shape()));
          return network.likelihood().draw(network.decode(z, given), draws.child("x"));
        });
  }

  @Override
  public Shape code() {
    return Shape.of(recipe.latent());
  }

  @Override
  public boolean exact() {
    return false;
  }

  /** The means of q(z | x). */
  @Override
  public Values.Dense encode(Batch batch) {
    float[] codes = encoding.get().run(batch.dense().data(), batch.condition(), null, 0);
    return new Values.Dense(code(), codes);
  }

  private RowProgram compileEncoding() {
    return RowProgram.of(
        backend, recipe.condition(), item.size(), (x, given, _) -> network.encode(x, given).mean());
  }

  @Override
  public Values decode(Values.Dense codes, Values condition) {
    return new Values.Dense(item, decoding.get().run(codes.data(), condition, null, 0));
  }

  private RowProgram compileDecoding() {
    return RowProgram.of(
        backend,
        recipe.condition(),
        recipe.latent(),
        (z, given, _) -> network.likelihood().likely(network.decode(z, given)));
  }

  @Override
  public ScoreMethod.Measure measure() {
    return network.likelihood().measure();
  }

  @Override
  public boolean givenCondition() {
    return recipe.condition().given();
  }

  /** Each row goes in as x, then z, and comes out as ln p(x | z), then its gradient in z. */
  @Override
  public Slope logLikelihood(Batch batch, Values.Dense codes) {
    int width = item.size();
    int latent = recipe.latent();
    float[] rows = new float[codes.count() * (width + latent)];
    for (int i = 0; i < codes.count(); i++) {
      int at = i * (width + latent);
      System.arraycopy(batch.dense().data(), i * width, rows, at, width);
      System.arraycopy(codes.data(), i * latent, rows, at + width, latent);
    }
    float[] out = sloping.get().run(rows, batch.condition(), null, 0);
    double[] values = new double[codes.count()];
    float[] gradients = new float[codes.count() * latent];
    for (int i = 0; i < values.length; i++) {
      values[i] = out[i * (1 + latent)];
      System.arraycopy(out, i * (1 + latent) + 1, gradients, i * latent, latent);
    }
    return new Slope(values, gradients);
  }

  private RowProgram compileSlope() {
    int width = item.size();
    return RowProgram.of(
        backend,
        recipe.condition(),
        width + recipe.latent(),
        (rows, given, _) -> {
          Tensor x = rows.slice(-1, 0, width);
          Tensor z = rows.slice(-1, width, recipe.latent());
          Tensor value = network.logLikelihood(x, z, given);
          Tensor gradient = Gradients.of(value.sum(), z);
          return Tensor.concat(-1, value.reshape(value.dim(0), 1), gradient);
        });
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod.Measure measure = network.likelihood().measure();
    ScoreMethod.Kind bound = ScoreMethod.Kind.LOWER_BOUND;
    return List.of(
        conditioned(new ScoreMethod(IWAE, bound, measure, importanceSamples)),
        conditioned(new ScoreMethod(ELBO, bound, measure, 0)));
  }

  private ScoreMethod conditioned(ScoreMethod method) {
    return recipe.condition().given() ? method.givenCondition() : method;
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (method.id().startsWith(ELBO)) {
      return bounds.get().evidence(batch, random, first);
    }
    if (method.id().startsWith(IWAE)) {
      return bounds.get().importanceWeighted(batch, method.samples(), random, first);
    }
    throw new IllegalArgumentException(
        "no score method '" + method.id() + "'; choices: " + ELBO + ", " + IWAE);
  }

  private Bounds compileBounds() {
    return new Bounds(backend, network, recipe.condition(), item.size(), recipe.latent());
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
    List.of(encoding, decoding, drawing, completing, sloping, bounds).forEach(Lazy::close);
  }
}
