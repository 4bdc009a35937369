package dev.assay.runner.execute;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Param;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.DeviceLostException;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * A normal distribution of unit deviation whose mean is moved towards batches, with noise: a model
 * whose state depends on every batch and every draw, and that misbehaves as its settings say.
 */
final class WalkModel implements GenerativeModel<WalkModel.Sampler>, Scorer {
  /** Examples in a batch. */
  static final int BATCH = 4;

  private final Behaviour behaviour;
  private final RandomStream random;
  private final double[] mean = new double[2];
  private long steps;

  private WalkModel(Behaviour behaviour, RandomStream random) {
    this.behaviour = behaviour;
    this.random = random;
  }

  /** What it does, and after how many updates; −1 for never. */
  record Behaviour(
      @Param(doc = "Loss becomes NaN", value = "-1") int diverge,
      @Param(doc = "Throws", value = "-1") int crash,
      @Param(doc = "Runs out of memory", value = "-1") int exhaust,
      @Param(doc = "Says that it has finished", value = "-1") int finish,
      @Param(doc = "Milliseconds an update takes", value = "0") int millis,
      @Param(doc = "Scores are NaN", value = "false") boolean unscorable) {
    static final Behaviour GOOD = new Behaviour(-1, -1, -1, -1, 0, false);

    /** Crashes after 11 updates, of a device that is lost. */
    static final Behaviour LOST = new Behaviour(-1, 11, -1, -1, 0, true);
  }

  /** How it samples. */
  record Sampler(@Param(doc = "Deviation", value = "1") double temperature) {}

  /** Offers the model. */
  static final class Provider implements ModelProvider<Behaviour, Sampler> {
    @Override
    public String id() {
      return "walk";
    }

    @Override
    public ModelCard card() {
      return new ModelCard("Walk", "test", "nobody", 2026, "none");
    }

    @Override
    public Class<Behaviour> configType() {
      return Behaviour.class;
    }

    @Override
    public Class<Sampler> samplerType() {
      return Sampler.class;
    }

    @Override
    public Fit fits(Behaviour config, DataSpec spec) {
      return Fit.continuous();
    }

    @Override
    public GenerativeModel<Sampler> create(Behaviour config, ModelContext context) {
      return new WalkModel(config, context.random());
    }
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(BATCH);
    if (steps == behaviour.crash && behaviour.equals(Behaviour.LOST)) {
      throw new IllegalStateException(
          new DeviceLostException("cuGraphLaunch failed: CUDA_ERROR_ILLEGAL_ADDRESS"));
    }
    if (steps == behaviour.crash) {
      throw new IllegalStateException("it crashed\nas it was told");
    }
    if (steps == behaviour.exhaust) {
      throw new OutOfMemoryError("Java heap space");
    }
    if (behaviour.millis > 0) {
      pause(behaviour.millis);
    }
    double loss = 0;
    RandomStream noise = random.child("train").child(steps);
    for (float x : batch.dense().data()) {
      loss += 0.5 * x * x / BATCH;
    }
    for (int i = 0; i < batch.dense().data().length; i++) {
      mean[i % 2] += 0.01 * (batch.dense().data()[i] - mean[i % 2]) + 1e-3 * noise.nextGaussian();
    }
    boolean diverged = steps == behaviour.diverge;
    steps++;
    return new StepReport(
        diverged ? Double.NaN : loss,
        BATCH,
        steps == behaviour.finish,
        Map.of("distance", Math.hypot(mean[0], mean[1])));
  }

  @Override
  public Samples sample(SampleRequest request, Sampler sampler) {
    float[] data = new float[2 * request.count()];
    for (int i = 0; i < request.count(); i++) {
      RandomStream own = request.stream(i);
      data[2 * i] = (float) (mean[0] + sampler.temperature() * own.nextGaussian());
      data[2 * i + 1] = (float) (mean[1] + sampler.temperature() * own.nextGaussian());
    }
    return new Samples(new Values.Dense(Shape.of(2), data));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.DENSITY));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream stream, long first) {
    double[] nats = new double[batch.count()];
    float[] x = batch.dense().data();
    for (int i = 0; i < nats.length; i++) {
      double dx = x[2 * i] - mean[0];
      double dy = x[2 * i + 1] - mean[1];
      nats[i] =
          behaviour.unscorable ? Double.NaN : Math.log(2 * Math.PI) + 0.5 * (dx * dx + dy * dy);
    }
    return nats;
  }

  @Override
  public long parameters() {
    return 2;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("mean", Shape.of(2), mean);
    store.putLongs("steps", steps);
  }

  @Override
  public void restore(StateStore store) {
    double[] saved = store.doubles("mean", Shape.of(2));
    mean[0] = saved[0];
    mean[1] = saved[1];
    steps = store.longs("steps")[0];
  }

  @Override
  public void close() {}

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
