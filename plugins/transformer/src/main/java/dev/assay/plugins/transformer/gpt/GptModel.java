package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.Map;

/** Next-token prediction by AdamW on random windows. */
final class GptModel implements GenerativeModel<TextSampler>, Scorer {
  private static final String WEIGHT = "weight";

  private final GptConfig config;
  private final Backend backend;
  private final TokenData data;
  private final RandomStream noise;
  private final Schedule schedule;
  private final ParameterStore store;
  private final GptNetwork network;
  private final Program training;
  private final int[] tokens;
  private final int[] targets;
  private final Inference inference;
  private long steps;

  GptModel(GptConfig config, ModelContext context, TokenData data) {
    this(
        config,
        context,
        data,
        new ParameterStore(context.backend(), context.random().child("weights")));
  }

  private GptModel(GptConfig config, ModelContext context, TokenData data, ParameterStore store) {
    this(config, context, data, store, store);
  }

  /**
   * @param store what is trained and saved
   * @param weights how the network's parameters are created in it
   */
  GptModel(
      GptConfig config,
      ModelContext context,
      TokenData data,
      ParameterStore store,
      ParameterStore weights) {
    this.config = config;
    this.data = data;
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = schedule(config);
    this.store = store;
    network = GptNetwork.create(weights, config, data.inputs(), data.context(), data.choices());
    tokens = new int[config.batch() * data.context()];
    targets = new int[tokens.length];
    inference = new Inference(backend, network, data, config.stride());
    training = compileTraining();
  }

  GptConfig config() {
    return config;
  }

  /** How examples are tokens. */
  TokenData data() {
    return data;
  }

  /** The network's numbers by name. */
  ParameterStore store() {
    return store;
  }

  private static Schedule schedule(GptConfig config) {
    double peak = config.learningRate();
    return config.decaySteps() == 0
        ? Schedule.constant(peak).warmedUp(config.warmup())
        : Schedule.cosine(peak, config.minLearningRate(), config.warmup(), config.decaySteps());
  }

  private Program compileTraining() {
    Shape shape = Shape.of(config.batch(), data.context());
    Dropout dropout =
        config.dropout() == 0
            ? Dropout.none()
            : new Dropout(config.dropout(), Draws.root().child("dropout"));
    Tensor logits = network.logits(Tensor.input("tokens", DType.I32, shape), dropout);
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input("targets", DType.I32, shape));
    Tensor loss = nll.sum().mul(Tensor.input(WEIGHT, DType.F32, Shape.SCALAR));
    Adam adam =
        Adam.decoupled(store.scope("adam"), config.beta1(), config.beta2(), config.weightDecay());
    return new TrainStep(loss, store.parameters(), adam)
        .clip(config.clip() == 0 ? Double.POSITIVE_INFINITY : config.clip())
        .compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    RandomStream random = noise.child(steps);
    int predicted = load(data.windows(batches, config.batch(), random.child("start")));
    double rate = schedule.at(steps);
    training.set("tokens", tokens);
    training.set("targets", targets);
    training.set(WEIGHT, new float[] {1f / Math.max(1, predicted)});
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    training.seed(random);
    training.run();
    steps++;
    return new StepReport(
        (double) training.scalar(TrainStep.LOSS) * data.lossUnit(),
        data.examples(config.batch()),
        config.minLearningRate() == 0 && config.decaySteps() != 0 && steps >= config.decaySteps(),
        Map.of("learning_rate", rate));
  }

  /** Cuts windows into inputs and targets; gives the number of targets. */
  private int load(int[] windows) {
    int context = data.context();
    int predicted = 0;
    for (int i = 0; i < config.batch(); i++) {
      int from = i * (context + 1);
      System.arraycopy(windows, from, tokens, i * context, context);
      System.arraycopy(windows, from + 1, targets, i * context, context);
    }
    for (int target : targets) {
      predicted += target >= 0 ? 1 : 0;
    }
    return predicted;
  }

  @Override
  public Samples sample(SampleRequest request, TextSampler sampler) {
    return inference.sample(request, sampler);
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    return inference.score(batch, first);
  }

  @Override
  public long parameters() {
    return store.count();
  }

  @Override
  public void save(StateStore state) {
    States.save(store, state);
    data.save(state);
    state.putLongs("steps", steps);
  }

  @Override
  public void restore(StateStore state) {
    data.check(state);
    States.restore(store, state);
    steps = state.longs("steps")[0];
  }

  @Override
  public void close() {
    training.close();
    inference.close();
  }
}
