package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Next-token prediction by Adam on parts of sequences. */
final class WaveNetModel extends TokenModel<TextSampler> implements Scorer {
  private static final String TOKENS = "tokens";
  private static final String TARGETS = "targets";
  private static final String LABELS = "labels";
  private static final String WEIGHT = "weight";
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final int SCORED_ROWS = 16;
  private static final int SCORED_TIME = 1024;

  private final WaveNetConfig config;
  private final Backend backend;
  private final TextCoding coding;
  private final boolean labelled;
  private final RandomStream noise;
  private final Schedule schedule;
  private final WaveNetNetwork network;
  private final Program training;
  private @Nullable QueueStepper stepper;
  private @Nullable LongScorer scorer;

  /**
   * @param classes of the labels; 0 for p(x)
   */
  WaveNetModel(WaveNetConfig config, ModelContext context, TextCoding coding, int classes) {
    super(new ParameterStore(context.backend(), context.random().child("weights")), coding);
    this.config = config;
    this.coding = coding;
    labelled = classes > 0;
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = config.tuning().schedule();
    network = WaveNetNetwork.create(store(), config, coding.inputs(), coding.choices(), classes);
    training = compileTraining();
    atClose(training::close);
  }

  private Program compileTraining() {
    Shape shape = Shape.of(config.batch(), config.block());
    Tensor logits =
        network.logits(
            Tensor.input(TOKENS, DType.I32, shape),
            labelled ? Tensor.input(LABELS, DType.I32, Shape.of(config.batch())) : null);
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input(TARGETS, DType.I32, shape));
    Tensor loss = nll.sum().mul(Tensor.input(WEIGHT, DType.F32, Shape.SCALAR));
    return config.tuning().step(store(), loss, BETA1, BETA2).compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    RandomStream random = noise.child(steps());
    Windows windows = Windows.next(coding, batches, config.batch(), config.block(), random);
    double rate = schedule.at(steps());
    training.set(TOKENS, windows.tokens());
    training.set(TARGETS, windows.targets());
    if (labelled) {
      training.set(LABELS, windows.labels());
    }
    training.set(WEIGHT, new float[] {1f / Math.max(1, windows.predicted())});
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    training.run();
    stepped();
    long examples = coding.documents() ? config.batch() : (long) config.batch() * config.block();
    return new StepReport(
        training.scalar(TrainStep.LOSS), examples, false, Map.of("learning_rate", rate));
  }

  @Override
  public Samples sample(SampleRequest request, TextSampler sampler) {
    if (stepper == null) {
      stepper = new QueueStepper(backend, network, labelled);
      atClose(stepper::close);
    }
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      wanted.add(coding.continuation(sampler, request.stream(i)));
    }
    QueueStepper ready = stepper.over(classes(request.condition()));
    List<int[]> added = sampler.decoder(ready).complete(wanted, request.first());
    return new Samples(coding.values(added, sampler));
  }

  /** A class for each example; 0 where none is made use of. */
  private int[] classes(Values condition) {
    return labelled ? ((Values.Labels) condition).labels() : new int[condition.count()];
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod exact = ScoreMethod.exact(ScoreMethod.Measure.MASS);
    return List.of(labelled ? exact.givenCondition() : exact);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (scorer == null) {
      scorer =
          coding.documents()
              ? new LongScorer(
                  backend, network, labelled, SCORED_ROWS, Math.min(SCORED_TIME, config.block()))
              : new LongScorer(backend, network, labelled, 1, SCORED_ROWS * config.block());
      atClose(scorer::close);
    }
    return scorer.score(coding.sequences(batch.x()), classes(batch.condition()), first);
  }
}
