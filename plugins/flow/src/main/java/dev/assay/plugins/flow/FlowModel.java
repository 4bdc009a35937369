package dev.assay.plugins.flow;

import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Block;
import dev.assay.spi.Infiller;
import dev.assay.spi.LatentCodec;
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
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any flow: maximum likelihood, exact density, samples, codes, and completions by a Markov chain.
 */
final class FlowModel implements Infiller<FlowSampler>, Scorer, LatentCodec {
  /** Numbers in the rows of a program that does not train. */
  private static final int NUMBERS = 16384;

  private static final int MOST_ROWS = 256;
  private static final int FEWEST_ROWS = 16;

  /** Most rows of the program that completes: completions are few, and each takes many steps. */
  private static final int COMPLETING_ROWS = 32;

  private final Backend backend;
  private final Flow flow;
  private final @Nullable Logit logit;
  private final @Nullable Dequantizer dequantizer;
  private final Training settings;
  private final RandomStream noise;
  private final ParameterStore store;
  private final Program training;
  private final int rows;
  private @Nullable RowProgram density;
  private @Nullable RowProgram decoding;
  private @Nullable Program drawing;
  private @Nullable Bound bound;
  private @Nullable Completion completion;
  private long steps;

  /**
   * @param store holds the parameters
   * @param logit how the flow takes bounded intensities; null for numbers without bounds
   * @param dequantizer of examples that are whole levels; null if they are real numbers
   * @param noise update i draws from its child i
   */
  FlowModel(
      Backend backend,
      ParameterStore store,
      Flow flow,
      @Nullable Logit logit,
      @Nullable Dequantizer dequantizer,
      Training settings,
      RandomStream noise) {
    this.backend = backend;
    this.flow = flow;
    this.logit = logit;
    this.dequantizer = dequantizer;
    this.settings = settings;
    this.noise = noise;
    this.store = store;
    rows = Math.clamp(NUMBERS / flow.domain().size(), FEWEST_ROWS, MOST_ROWS);
    training = compileTraining();
  }

  private Program compileTraining() {
    Tensor x = input(settings.batch());
    Condition condition = condition(settings.batch());
    Tensor nats =
        dequantizer == null
            ? flow.encode(x, condition).nats()
            : Bound.nats(flow, dequantizer, x, condition, Draws.root());
    TrainStep step =
        new TrainStep(nats.mean(), store.parameters(), Adam.standard(store.scope("adam")));
    return (settings.clip() > 0 ? step.clip(settings.clip()) : step).compile(backend);
  }

  private Tensor input(int count) {
    return Tensor.input(RowProgram.INPUT, DType.F32, Shape.of(count, flow.domain().size()));
  }

  private Condition condition(int count) {
    return Condition.input(count, flow.domain().classes());
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(settings.batch());
    if (steps == 0) {
      start(batch);
    }
    load(training, batch);
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) settings.schedule().at(steps)});
    seed(training);
    training.run();
    steps++;
    return StepReport.of(training.scalar(TrainStep.LOSS), settings.batch());
  }

  private void seed(Program program) {
    if (dequantizer != null) {
      program.seed(noise.child(steps));
    }
  }

  /** Lets the first batch set the parameters that it decides. */
  private void start(Batch batch) {
    Tensor x = input(settings.batch());
    if (dequantizer != null) {
      x = x.add(Draws.root().child("start").uniform(x.shape()));
    }
    Transform.Start start = flow.transform().start(x, condition(settings.batch()));
    if (start.assigns().isEmpty()) {
      return;
    }
    Graph graph = Graph.builder().assign(start.assigns()).build();
    try (Program program = backend.compile(graph)) {
      load(program, batch);
      seed(program);
      program.run();
    }
  }

  private void load(Program program, Batch batch) {
    program.set(RowProgram.INPUT, batch.dense().data());
    if (flow.domain().classes() > 0) {
      program.set(Condition.INPUT, ((Values.Labels) batch.condition()).labels());
    }
  }

  @Override
  public Samples sample(SampleRequest request, FlowSampler sampler) {
    float[] codes = draw(request);
    for (int i = 0; i < codes.length; i++) {
      codes[i] *= (float) sampler.temperature();
    }
    return new Samples(decode(codes, request.condition(), request.first()));
  }

  /** Codes drawn from the base, each from its own stream. */
  private float[] draw(SampleRequest request) {
    int width = flow.domain().size();
    if (drawing == null) {
      Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(rows, 2)));
      Tensor z = flow.base().draw(draws.child("base"), Shape.of(rows, width));
      drawing = backend.compile(Graph.builder().output("z", z).build());
    }
    int[] wanted = request.keys();
    int[] keys = new int[2 * rows];
    float[] drawn = new float[rows * width];
    float[] codes = new float[request.count() * width];
    for (Block block : Block.of(request.count(), request.first(), rows)) {
      System.arraycopy(wanted, 2 * block.from(), keys, 2 * block.row(), 2 * block.count());
      drawing.set("keys", keys);
      drawing.run();
      drawing.get("z", drawn);
      System.arraycopy(
          drawn, block.row() * width, codes, block.from() * width, block.count() * width);
    }
    return codes;
  }

  /** A sample whose unknown part goes on from there, by {@link Completion}. */
  @Override
  public Samples infill(SampleRequest request, Observed observed, FlowSampler sampler) {
    float[] x = ((Values.Dense) sample(request, sampler).values()).data().clone();
    keep(observed, x);
    if (dequantizer != null) {
      x = dequantizer.centres(x);
    }
    if (completion == null) {
      completion = new Completion(backend, flow, logit, Math.min(rows, COMPLETING_ROWS));
    }
    RandomStream[] streams = new RandomStream[request.count()];
    Arrays.setAll(streams, request::stream);
    completion.run(
        x, observed.known(), request.condition(), streams, request.first(), sampler.steps());
    if (dequantizer != null) {
      x = dequantizer.quantize(x);
    }
    keep(observed, x);
    return new Samples(new Values.Dense(flow.domain().item(), x));
  }

  private static void keep(Observed observed, float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = observed.known()[i] ? observed.x().data()[i] : x[i];
    }
  }

  @Override
  public Shape code() {
    return Shape.of(flow.domain().size());
  }

  @Override
  public boolean exact() {
    return dequantizer == null;
  }

  @Override
  public Values.Dense encode(Batch batch) {
    float[] x = batch.dense().data();
    if (dequantizer != null) {
      x = dequantizer.centres(x);
    }
    return new Values.Dense(
        code(), density().run(x, batch.condition(), 0, "z", flow.domain().size()));
  }

  @Override
  public Values.Dense decode(Values.Dense codes, Values condition) {
    return decode(codes.data(), condition, 0);
  }

  private Values.Dense decode(float[] codes, Values condition, long first) {
    if (decoding == null) {
      Tensor x = flow.decode(input(rows), condition(rows));
      decoding = rowProgram(Graph.builder().output("x", x).build());
    }
    int width = flow.domain().size();
    float[] x = decoding.run(codes, condition, first, "x", width);
    return new Values.Dense(
        flow.domain().item(), dequantizer == null ? x : dequantizer.quantize(x));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod method =
        dequantizer == null
            ? ScoreMethod.exact(ScoreMethod.Measure.DENSITY)
            : new ScoreMethod("elbo", ScoreMethod.Kind.LOWER_BOUND, ScoreMethod.Measure.MASS, 0);
    return List.of(flow.domain().classes() > 0 ? method.givenCondition() : method);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (dequantizer != null) {
      if (bound == null) {
        bound = new Bound(backend, flow, dequantizer, rows);
      }
      return bound.score(batch, random, first);
    }
    float[] nats = density().run(batch.dense().data(), batch.condition(), first, "nats", 1);
    double[] scores = new double[nats.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = nats[i];
    }
    return scores;
  }

  private RowProgram density() {
    if (density == null) {
      Flow.Coded coded = flow.encode(input(rows), condition(rows));
      density =
          rowProgram(
              Graph.builder().output("nats", coded.nats()).output("z", coded.code()).build());
    }
    return density;
  }

  private RowProgram rowProgram(Graph graph) {
    return new RowProgram(
        backend.compile(graph), rows, flow.domain().size(), flow.domain().classes());
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
    if (density != null) {
      density.close();
    }
    if (decoding != null) {
      decoding.close();
    }
    if (drawing != null) {
      drawing.close();
    }
    if (bound != null) {
      bound.close();
    }
    if (completion != null) {
      completion.close();
    }
  }
}
