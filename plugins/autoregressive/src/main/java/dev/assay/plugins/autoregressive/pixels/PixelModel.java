package dev.assay.plugins.autoregressive.pixels;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.Ema;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Infiller;
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
import dev.assay.tensor.Draws;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood by Adam. One update is one step on a batch, in one of the network's orders:
 * they take turns.
 */
public final class PixelModel implements Infiller<PixelSampler>, Scorer {
  private final Training training;
  private final PixelData data;
  private final Backend backend;
  private final RandomStream noise;
  private final ParameterStore store;
  private final PixelNetwork network;
  private final Ema average;
  private final Program update;
  private @Nullable MassScorer scorer;
  private @Nullable Completer completer;
  private long steps;

  /**
   * @param network makes the network, with its parameters in the store
   */
  public PixelModel(
      Training training,
      PixelData data,
      ModelContext context,
      Function<ParameterStore, PixelNetwork> network) {
    this.training = training;
    this.data = data;
    backend = context.backend();
    noise = context.random().child("noise");
    store = new ParameterStore(backend, context.random().child("weights"));
    this.network = network.apply(store.scope("network"));
    average = Ema.warmedUp(store.scope("average"), store.parameters(), training.average());
    update = compileUpdate();
  }

  private Program compileUpdate() {
    Tensor x = data.x(training.batch());
    Dropout dropout =
        training.dropout() == 0
            ? Dropout.none()
            : new Dropout(training.dropout(), Draws.root().child("dropout"));
    Tensor logits = network.logits(x, data.labels(training.batch()), dropout);
    Tensor loss = data.levels().nats(logits, x).mean();
    return new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam")))
        .average(average)
        .compile(backend);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(training.batch());
    update.set("x", batch.dense().data());
    if (data.conditional()) {
      update.set("labels", ((Values.Labels) batch.condition()).labels());
    }
    update.set(TrainStep.LEARNING_RATE, new float[] {(float) training.learningRate()});
    network.follow((int) (steps % network.orders()), update);
    update.seed(noise.child(steps));
    update.run();
    steps++;
    return StepReport.of(update.scalar(TrainStep.LOSS), training.batch());
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod exact = ScoreMethod.exact(ScoreMethod.Measure.MASS);
    return List.of(data.conditional() ? exact.givenCondition() : exact);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (scorer == null) {
      scorer = new MassScorer(backend, data, network, average);
    }
    return scorer.score(batch, first);
  }

  @Override
  public Samples sample(SampleRequest request, PixelSampler sampler) {
    return infill(request, Observed.nothing(data.item(), request.count()), sampler);
  }

  @Override
  public Samples infill(SampleRequest request, Observed observed, PixelSampler sampler) {
    if (completer == null) {
      completer = new Completer(backend, data, network, average);
    }
    return new Samples(completer.complete(request, observed, sampler.temperature()));
  }

  @Override
  public long parameters() {
    return store.count() - network.unused();
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
    update.close();
    if (scorer != null) {
      scorer.close();
    }
    if (completer != null) {
      completer.close();
    }
  }
}
