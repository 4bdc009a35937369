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
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.spi.pairs.PairRows.Inputs;
import dev.assay.spi.pairs.PairRows.Size;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of p(text | text), trained by Adam on batches of pairs of about the same length. */
public final class PairModel implements GenerativeModel<TextSampler>, Scorer {
  private static final String WEIGHT = "weight";
  private static final String NLL = "nll";

  private final Backend backend;
  private final PairCoding coding;
  private final PairNetwork network;
  private final ParameterStore store;
  private final Training training;
  private final RandomStream noise;
  private final Map<Size, Program> programs = new HashMap<>();
  private final PairScorer scorer;
  private @Nullable PairStepper stepper;
  private long steps;

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
      double clip) {}

  /**
   * @param store where the network's parameters are
   */
  public PairModel(
      ModelContext context,
      PairCoding coding,
      ParameterStore store,
      PairNetwork network,
      Training training) {
    backend = context.backend();
    this.coding = coding;
    this.network = network;
    this.store = store;
    this.training = training;
    noise = context.random().child("noise");
    scorer = new PairScorer(backend, network);
    // The optimizer's variables exist from the beginning, so that a checkpoint can be restored.
    program(new Size(8, 8));
  }

  /** Whether data are pairs of texts. */
  public static Fit fit(DataSpec spec) {
    Modality text = new Modality.Text(Modality.Text.Form.DOCUMENTS);
    return spec.equals(new DataSpec.Conditional(text, text))
        ? Fit.raw()
        : Fit.no("it learns texts under texts, each with an end of its own");
  }

  private Program program(Size size) {
    return programs.computeIfAbsent(size, this::compile);
  }

  private Program compile(Size size) {
    Inputs in = Inputs.of(size, training.batch());
    Dropout dropout =
        training.dropout() == 0
            ? Dropout.none()
            : new Dropout(training.dropout(), Draws.root().child("dropout"));
    Tensor logits = network.logits(in.source(), in.lengths(), in.tokens(), dropout);
    Tensor weight = Tensor.input(WEIGHT, DType.F32, Shape.SCALAR);
    Tensor nll = Tensors.crossEntropy(logits, in.targets()).sum().mul(weight);
    Tensor loss = nll;
    if (training.smoothing() > 0) {
      Tensor real = Tensor.fill(-1, in.targets().shape()).less(in.targets().toFloat());
      Tensor even = Tensors.logSoftmax(logits, -1).mean(-1).neg().mul(real).sum().mul(weight);
      loss =
          nll.mul((float) (1 - training.smoothing())).add(even.mul((float) training.smoothing()));
    }
    Adam adam = Adam.of(store.scope("adam"), training.beta1(), training.beta2());
    return new TrainStep(loss, store.parameters(), adam)
        .output(NLL, nll)
        .clip(training.clip() == 0 ? Double.POSITIVE_INFINITY : training.clip())
        .compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    List<Pair> pairs =
        coding.pairs(batches.alike(training.batch())).stream().map(this::cut).toList();
    Size size = pairs.stream().map(Size::of).reduce(Size::max).orElseThrow();
    Program program = program(size);
    PairRows rows = new PairRows(size, training.batch());
    for (int row = 0; row < pairs.size(); row++) {
      rows.put(row, pairs.get(row));
    }
    double rate = training.rate().at(steps);
    rows.load(program);
    program.set(WEIGHT, new float[] {1f / rows.predicted()});
    program.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    program.seed(noise.child(steps));
    program.run();
    steps++;
    return new StepReport(
        program.scalar(TrainStep.LOSS),
        training.batch(),
        false,
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
    if (stepper == null) {
      stepper = new PairStepper(backend, network, coding.longest(), training.longest());
    }
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      wanted.add(coding.target().continuation(sampler, request.stream(i)));
    }
    PairStepper ready = stepper.over(coding.sources(request.condition()));
    List<int[]> added = sampler.decoder(ready).complete(wanted, request.first());
    return new Samples(coding.target().values(added, sampler));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS).givenCondition());
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    return scorer.score(coding.pairs(batch), first);
  }

  @Override
  public long parameters() {
    return store.count();
  }

  @Override
  public void save(StateStore state) {
    States.save(store, state);
    coding.save(state);
    state.putLongs("steps", steps);
  }

  @Override
  public void restore(StateStore state) {
    coding.check(state);
    States.restore(store, state);
    steps = state.longs("steps")[0];
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
    scorer.close();
    if (stepper != null) {
      stepper.close();
    }
  }
}
