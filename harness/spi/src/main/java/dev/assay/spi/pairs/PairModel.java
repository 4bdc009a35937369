package dev.assay.spi.pairs;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.spi.pairs.PairRows.Inputs;
import dev.assay.spi.pairs.PairRows.Size;
import dev.assay.spi.text.TextSampler;
import dev.assay.spi.text.TokenModel;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of p(text | text), trained by Adam on batches of pairs of about the same length. */
public final class PairModel extends TokenModel<TextSampler> implements Scorer {
  private static final String WEIGHT = "weight";
  private static final String NLL = "nll";

  private final Backend backend;
  private final PairData data;
  private final PairNetwork trained;
  private final PairNetwork network;
  private final Training training;
  private final RandomStream noise;
  private final Map<Size, Program> programs = new HashMap<>();
  private final PairScorer scorer;
  private @Nullable PairStepper stepper;

  /**
   * How the network is trained.
   *
   * @param batch pairs per update
   * @param longest tokens of a target that are trained on and kept while drawing
   * @param dropout rate
   * @param smoothing share of the probability that is asked for all tokens alike. Szegedy et al.
   *     2016, §7
   * @param rate of learning
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param weightDecay decoupled, of matrices and tables
   * @param clip norm that the gradient is clipped to; 0 for none
   */
  public record Training(
      int batch,
      int longest,
      double dropout,
      double smoothing,
      Schedule rate,
      double beta1,
      double beta2,
      double weightDecay,
      double clip) {}

  /**
   * @param store where the network's parameters are
   */
  public PairModel(
      ModelContext context,
      PairData data,
      ParameterStore store,
      PairNetwork network,
      Training training) {
    this(context, data, store, network, network, training);
  }

  /**
   * @param store where the networks' parameters are
   * @param trained what is trained
   * @param network what scores and draws, by the same parameters or by those of {@link
   *     ParameterStore#merged}
   */
  public PairModel(
      ModelContext context,
      PairData data,
      ParameterStore store,
      PairNetwork trained,
      PairNetwork network,
      Training training) {
    super(store, data);
    backend = context.backend();
    this.data = data;
    this.trained = trained;
    this.network = network;
    this.training = training;
    noise = context.random().child("noise");
    scorer = new PairScorer(backend, network);
    atClose(scorer::close);
    // The optimizer's variables exist from the beginning, so that a checkpoint can be restored.
    program(new Size(8, 8));
  }

  /** Whether data are pairs of texts. */
  public static boolean fits(DataSpec spec) {
    Modality text = new Modality.Text(Modality.Text.Form.DOCUMENTS);
    return spec.equals(new DataSpec.Conditional(text, text));
  }

  /** The fit of a model of {@link PairCoding}. */
  public static Fit fit(DataSpec spec) {
    return fits(spec)
        ? Fit.raw()
        : Fit.no("it learns texts under texts, each with an end of its own");
  }

  /** What scores and draws. */
  public PairNetwork network() {
    return network;
  }

  /** How its examples are pairs. */
  public PairData data() {
    return data;
  }

  private Program program(Size size) {
    return programs.computeIfAbsent(size, this::compile);
  }

  private Program compile(Size size) {
    Inputs in = Inputs.of(size, training.batch());
    Dropout dropout = Dropout.training(training.dropout());
    Tensor logits = trained.logits(in.source(), in.lengths(), in.tokens(), dropout);
    Tensor weight = Tensor.input(WEIGHT, DType.F32, Shape.SCALAR);
    Tensor nll = Tensors.crossEntropy(logits, in.targets()).sum().mul(weight);
    Tensor loss = nll;
    if (training.smoothing() > 0) {
      Tensor real = Tensor.fill(-1, in.targets().shape()).less(in.targets().toFloat());
      Tensor even = Tensors.logSoftmax(logits, -1).mean(-1).neg().mul(real).sum().mul(weight);
      loss =
          nll.mul((float) (1 - training.smoothing())).add(even.mul((float) training.smoothing()));
    }
    Adam adam =
        Adam.decoupled(
            store().scope("adam"), training.beta1(), training.beta2(), training.weightDecay());
    Program program =
        new TrainStep(loss, store().parameters(), adam)
            .output(NLL, nll)
            .clip(training.clip() == 0 ? Double.POSITIVE_INFINITY : training.clip())
            .compile(backend);
    atClose(program::close);
    return program;
  }

  @Override
  public StepReport train(BatchSource batches) {
    RandomStream random = noise.child(steps());
    List<Pair> pairs =
        data.next(batches, training.batch(), random.child("pairs")).stream()
            .map(this::cut)
            .toList();
    Size size = pairs.stream().map(Size::of).reduce(Size::max).orElseThrow();
    Program program = program(size);
    PairRows rows = new PairRows(size, training.batch());
    for (int row = 0; row < pairs.size(); row++) {
      rows.put(row, pairs.get(row));
    }
    double rate = training.rate().at(steps());
    rows.load(program);
    program.set(WEIGHT, new float[] {1f / rows.predicted()});
    if (trains()) {
      program.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    }
    program.seed(random);
    program.run();
    stepped();
    return new StepReport(
        program.scalar(TrainStep.LOSS),
        training.batch(),
        !trains(),
        Map.of("learning_rate", rate, NLL, (double) program.scalar(NLL)));
  }

  private Pair cut(Pair pair) {
    int[] target = pair.target();
    return target.length <= training.longest() + 1
        ? pair
        : new Pair(pair.source(), Arrays.copyOf(target, training.longest() + 1));
  }

  @Override
  public Samples sample(SampleRequest request, TextSampler sampler) {
    merge();
    if (stepper == null) {
      stepper = new PairStepper(backend, network, data.longest(), training.longest());
      atClose(stepper::close);
    }
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      wanted.add(data.target().continuation(sampler, request.stream(i)));
    }
    PairStepper ready = stepper.over(data.sources(request.condition()));
    List<int[]> added = sampler.decoder(ready).complete(wanted, request.first());
    return new Samples(data.target().values(added, sampler));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod exact = ScoreMethod.exact(ScoreMethod.Measure.MASS);
    return List.of(data.conditional() ? exact.givenCondition() : exact);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    merge();
    return scorer.score(data.parts(batch), first);
  }
}
