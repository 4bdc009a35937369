package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.nn.decoding.Continuation;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private @Nullable CachedDecoder decoder;
  private @Nullable WindowScorer scorer;
  private long steps;

  GptModel(GptConfig config, ModelContext context, TokenData data) {
    this.config = config;
    this.data = data;
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = schedule(config);
    store = new ParameterStore(backend, context.random().child("weights"));
    network = GptNetwork.create(store, config, data.inputs(), data.context(), data.choices());
    tokens = new int[config.batch() * data.context()];
    targets = new int[tokens.length];
    training = compileTraining();
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
        false,
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
    if (decoder == null) {
      decoder = new CachedDecoder(backend, network);
    }
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      wanted.add(data.continuation(sampler, request.stream(i)));
    }
    List<int[]> added = sampler.decoder(decoder).complete(wanted, request.first());
    return new Samples(data.values(added, sampler));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (scorer == null) {
      int stride = config.stride() == 0 ? data.context() : config.stride();
      scorer = new WindowScorer(backend, network, Math.min(stride, data.context()));
    }
    return scorer.score(data.sequences(batch.x()), first);
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
    if (decoder != null) {
      decoder.close();
    }
    if (scorer != null) {
      scorer.close();
    }
  }
}
