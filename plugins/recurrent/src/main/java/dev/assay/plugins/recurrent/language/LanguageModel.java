package dev.assay.plugins.recurrent.language;

import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.nn.decoding.Continuation;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.plugins.recurrent.cell.Stack;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
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

/**
 * Next-token prediction by back-propagation through a block of tokens. Rows of a stream read on
 * where the last update ended, with the states it left; documents begin at zero states.
 */
final class LanguageModel extends TokenModel<TextSampler> implements Scorer {
  private static final String TOKENS = "tokens";
  private static final String TARGETS = "targets";
  private static final String WEIGHT = "weight";
  private static final String CARRIED = "carried";
  private static final int SCORED_ROWS = 32;

  private final LanguageConfig config;
  private final Backend backend;
  private final TextCoding coding;
  private final RandomStream noise;
  private final Schedule schedule;
  private final LanguageNetwork network;
  private final Program training;
  private final int[] tokens;
  private final int[] targets;
  private @Nullable StateStepper stepper;
  private @Nullable SequenceScorer scorer;

  LanguageModel(LanguageConfig config, Cell.Kind kind, ModelContext context, TextCoding coding) {
    super(new ParameterStore(context.backend(), context.random().child("weights")), coding);
    this.config = config;
    this.coding = coding;
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = config.tuning().schedule();
    network = LanguageNetwork.create(store(), config, kind, coding.inputs(), coding.choices());
    tokens = new int[config.batch() * config.block()];
    targets = new int[tokens.length];
    training = compileTraining();
    atClose(training::close);
  }

  private Program compileTraining() {
    Shape shape = Shape.of(config.block(), config.batch());
    Stack stack = network.stack();
    Stack.Kept kept =
        coding.documents()
            ? new Stack.Kept(List.of())
            : stack.stored(store().scope("states"), config.batch());
    Stack.States start =
        coding.documents()
            ? stack.zeros(config.batch())
            : kept.read().times(Tensor.input(CARRIED, DType.F32, Shape.SCALAR));
    Dropout dropout = Dropout.training(config.dropout());
    LanguageNetwork.Predicted next =
        network.predict(Tensor.input(TOKENS, DType.I32, shape), start, dropout);
    Tensor nll = Tensors.crossEntropy(next.logits(), Tensor.input(TARGETS, DType.I32, shape));
    Tensor loss = nll.sum().mul(Tensor.input(WEIGHT, DType.F32, Shape.SCALAR));
    return config
        .tuning()
        .step(store(), loss, config.optimizer(store()))
        .assign(kept.assign(next.states()))
        .compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    double rate = schedule.at(steps());
    int predicted = load(batches);
    training.set(TOKENS, tokens);
    training.set(TARGETS, targets);
    training.set(WEIGHT, new float[] {1f / Math.max(1, predicted)});
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    training.seed(noise.child(steps()));
    training.run();
    stepped();
    long examples = coding.documents() ? config.batch() : tokens.length;
    return new StepReport(
        training.scalar(TrainStep.LOSS),
        examples,
        config.tuning().finished(steps()),
        Map.of("learning_rate", rate));
  }

  /** Lays windows out by time; gives the number of targets. */
  private int load(BatchSource batches) {
    int batch = config.batch();
    int time = config.block();
    int[] windows;
    if (coding.documents()) {
      windows = coding.windows(batches, batch, time, noise.child(steps()).child("start"));
    } else {
      BatchSource.Consecutive next = coding.consecutive(batches, batch, time);
      windows = next.tokens();
      training.set(CARRIED, new float[] {next.begins() ? 0 : 1});
    }
    int predicted = 0;
    for (int row = 0; row < batch; row++) {
      for (int t = 0; t < time; t++) {
        int from = row * (time + 1) + t;
        tokens[t * batch + row] = windows[from];
        targets[t * batch + row] = windows[from + 1];
        predicted += windows[from + 1] >= 0 ? 1 : 0;
      }
    }
    return predicted;
  }

  @Override
  public Samples sample(SampleRequest request, TextSampler sampler) {
    if (stepper == null) {
      stepper = new StateStepper(backend, network);
      atClose(stepper::close);
    }
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      wanted.add(coding.continuation(sampler, request.stream(i)));
    }
    List<int[]> added = sampler.decoder(stepper).complete(wanted, request.first());
    return new Samples(coding.values(added, sampler));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (scorer == null) {
      int rows = coding.documents() ? SCORED_ROWS : 1;
      scorer = new SequenceScorer(backend, network, config.block(), rows);
      atClose(scorer::close);
    }
    return scorer.score(coding.sequences(batch.x()), first);
  }
}
