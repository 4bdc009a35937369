package dev.assay.plugins.vae.vqvae;

import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.plugins.vae.Condition;
import dev.assay.plugins.vae.Items;
import dev.assay.plugins.vae.Lazy;
import dev.assay.plugins.vae.RowProgram;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
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
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One update is a gradient step of encoder, decoder and prior together, and a step of the
 * codebook's averages; no gradient passes from the prior to the codes. The first update also begins
 * the codebook at what the encoder gives.
 */
final class VqVaeModel implements GenerativeModel<VqVaeSampler>, Scorer, LatentCodec {
  private static final String X = "x";
  private static final String RECONSTRUCTION = "reconstruction";
  private static final String PRIOR = "prior";
  private static final String COMMITMENT = "commitment";

  private final VqVaeConfig config;
  private final Backend backend;
  private final Shape item;
  private final ParameterStore store;
  private final VqVaeNetwork network;
  private final RandomStream beginnings;
  private final Program training;
  private final Lazy<RowProgram> looking = lazy(this::compileLooking);
  private final Lazy<RowProgram> encoding = lazy(this::compileEncoding);
  private final Lazy<RowProgram> decoding = lazy(this::compileDecoding);
  private final Lazy<RowProgram> drawing = lazy(this::compileDrawing);
  private final Lazy<RowProgram> predicting = lazy(this::compilePredicting);
  private final Lazy<RowProgram> scoring = lazy(this::compileScoring);
  private long steps;

  VqVaeModel(VqVaeConfig config, ModelContext context) {
    this.config = config;
    Modality x = Items.of(context.spec());
    item = Items.shape(x);
    backend = context.backend();
    beginnings = context.random().child("codebook");
    store = new ParameterStore(backend, context.random().child("weights"));
    network = VqVaeNetwork.create(store, config, x);
    training = compileTraining();
  }

  private static Lazy<RowProgram> lazy(Supplier<RowProgram> maker) {
    return new Lazy<>(maker, RowProgram::close);
  }

  private Program compileTraining() {
    Tensor x = Tensor.input(X, DType.F32, Shape.of(config.training().batch(), item.size()));
    VqVaeNetwork.Objective objective = network.objective(x);
    Tensor loss = objective.loss(config.commitment());
    return new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam")))
        .assign(objective.codebook())
        .output(RECONSTRUCTION, objective.reconstruction())
        .output(PRIOR, objective.order())
        .output(COMMITMENT, objective.commitment())
        .compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(config.training().batch());
    if (steps == 0) {
      begin(batch);
    }
    training.set(X, batch.dense().data());
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) config.training().learningRate()});
    training.run();
    steps++;
    return new StepReport(
        training.scalar(TrainStep.LOSS),
        config.training().batch(),
        false,
        Map.of(
            RECONSTRUCTION, (double) training.scalar(RECONSTRUCTION),
            PRIOR, (double) training.scalar(PRIOR),
            COMMITMENT, (double) training.scalar(COMMITMENT)));
  }

  /** Sets each entry near one of the encoder's vectors. */
  private void begin(Batch batch) {
    float[] vectors = looking.get().run(batch.dense().data(), batch.condition(), null, 0);
    int width = config.width();
    float[] entries = new float[config.codes() * width];
    for (int i = 0; i < config.codes(); i++) {
      int chosen = beginnings.nextInt(vectors.length / width);
      for (int d = 0; d < width; d++) {
        double near = vectors[chosen * width + d] * (1 + 0.1 * beginnings.nextGaussian());
        entries[i * width + d] = (float) near;
      }
    }
    network.codebook().set(entries);
  }

  private RowProgram compileLooking() {
    return program(item.size(), x -> network.encode(x).reshape(-1, code().size()));
  }

  private RowProgram program(int width, UnaryOperator<Tensor> body) {
    return RowProgram.of(backend, Condition.none(), width, (x, _, _) -> body.apply(x));
  }

  /** Codes one after another from the prior, then x ~ p(x | z). */
  @Override
  public Samples sample(SampleRequest request, VqVaeSampler sampler) {
    int positions = config.positions();
    RandomStream[] streams = new RandomStream[request.count()];
    Arrays.setAll(streams, i -> request.stream(i).child("codes"));
    float[] codes = new float[request.count() * positions];
    for (int t = 0; t < positions; t++) {
      float[] logits = predicting.get().run(codes, request.condition(), null, request.first());
      for (int i = 0; i < streams.length; i++) {
        int from = (i * positions + t) * config.codes();
        codes[i * positions + t] =
            draw(logits, from, sampler.temperature(), streams[i].nextDouble());
      }
    }
    float[] x = drawing.get().run(codes, request.condition(), request.keys(), request.first());
    return new Samples(new Values.Dense(item, x));
  }

  private int draw(float[] logits, int from, double temperature, double uniform) {
    int codes = config.codes();
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < codes; k++) {
      max = Math.max(max, logits[from + k]);
    }
    double[] weights = new double[codes];
    double total = 0;
    for (int k = 0; k < codes; k++) {
      weights[k] = Math.exp((logits[from + k] - max) / temperature);
      total += weights[k];
    }
    double left = uniform * total;
    int code = 0;
    while (code < codes - 1 && left >= weights[code]) {
      left -= weights[code++];
    }
    return code;
  }

  private RowProgram compilePredicting() {
    int all = config.positions() * config.codes();
    return program(
        config.positions(), codes -> network.prior().logits(codes.toInt()).reshape(-1, all));
  }

  private RowProgram compileDrawing() {
    return RowProgram.of(
        backend,
        Condition.none(),
        config.positions(),
        (codes, _, draws) -> {
          Tensor z = network.codebook().at(codes.toInt().reshape(-1));
          return network.likelihood().draw(network.decode(z), draws.child("x"));
        });
  }

  @Override
  public Shape code() {
    return Shape.of(config.positions(), config.width());
  }

  @Override
  public boolean exact() {
    return false;
  }

  /** The entries of the codes. */
  @Override
  public Values.Dense encode(Batch batch) {
    float[] entries = encoding.get().run(batch.dense().data(), batch.condition(), null, 0);
    return new Values.Dense(code(), entries);
  }

  private RowProgram compileEncoding() {
    return program(item.size(), x -> quantised(network.encode(x)).reshape(-1, code().size()));
  }

  private Tensor quantised(Tensor z) {
    return network.codebook().at(network.codebook().nearest(z));
  }

  /** A likely x of the entries nearest to the given vectors. */
  @Override
  public Values decode(Values.Dense codes, Values condition) {
    return new Values.Dense(item, decoding.get().run(codes.data(), condition, null, 0));
  }

  private RowProgram compileDecoding() {
    return program(
        code().size(),
        z -> network.likelihood().likely(network.decode(quantised(z.reshape(-1, config.width())))));
  }

  /** One term of p(x) = Σ over codes of p(codes) p(x | codes): that of the codes of x. */
  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(
        new ScoreMethod("elbo", ScoreMethod.Kind.LOWER_BOUND, network.likelihood().measure(), 0));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    float[] nats = scoring.get().run(batch.dense().data(), batch.condition(), null, first);
    double[] scores = new double[nats.length];
    Arrays.setAll(scores, i -> nats[i]);
    return scores;
  }

  private RowProgram compileScoring() {
    return program(item.size(), x -> network.bound(x).reshape(-1, 1));
  }

  @Override
  public long parameters() {
    return store.count() + (long) config.codes() * config.width();
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
    List.of(looking, encoding, decoding, drawing, predicting, scoring).forEach(Lazy::close);
  }
}
