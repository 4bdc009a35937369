package dev.assay.plugins.statistical.kde;

import dev.assay.plugins.statistical.Convergence;
import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.Moments;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Each kernel is as wide in a column as the bandwidth times the column's deviation, so that kernels
 * are round in columns of deviation 1. The first update takes deviations and centres; each update
 * then is one step of the bandwidth. Until trained, the kernels are standard normals at the origin.
 */
final class KdeModel implements GenerativeModel<KdeSampler>, Scorer {
  /** Below any distance that float32 data tell apart: keeps repeated examples from h = 0. */
  private static final double SMALLEST = 1e-4;

  private final KdeConfig config;
  private final Shape item;
  private final RandomStream random;
  private final Workers workers;
  private final Convergence convergence;
  private final double[] scales;
  private Kernels kernels;
  private boolean started;

  KdeModel(KdeConfig config, Shape item, ModelContext context) {
    this.config = config;
    this.item = item;
    random = context.random().child("centres");
    workers = Workers.of(context.backend());
    convergence = new Convergence(config.tolerance());
    scales = new double[item.size()];
    Arrays.fill(scales, 1);
    int centres = Math.min(config.centres(), context.trainSize());
    kernels = new Kernels(new float[centres * item.size()], item.size(), 1);
  }

  /** The loss is −mean ln p of examples under the kernels of all others, in nats. */
  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    if (!started) {
      start(all);
      started = true;
    }
    int heldOut = Math.min(config.heldOut(), kernels.count());
    Kernels.Step step = kernels.leaveOneOut(heldOut, workers);
    double next = config.bandwidth() > 0 ? config.bandwidth() : step.bandwidth();
    kernels = new Kernels(kernels.centres(), kernels.columns(), Math.max(SMALLEST, next));
    boolean finished = config.bandwidth() > 0 || convergence.reached(step.nats());
    return new StepReport(
        step.nats() + logScales(), all.count(), finished, Map.of("bandwidth", kernels.bandwidth()));
  }

  private double logScales() {
    return Arrays.stream(scales).map(Math::log).sum();
  }

  /** The centres in random order, so that those held out are a random choice as well. */
  private void start(Batch all) {
    Moments moments = Moments.of(all.dense().data(), scales.length);
    double[] mean = new double[scales.length];
    moments.variances(mean, moments.mean(mean), scales);
    Arrays.setAll(scales, c -> Math.max(SMALLEST, Math.sqrt(scales[c])));
    int[] chosen = Arrays.copyOf(random.permutation(all.count()), kernels.count());
    float[] centres = scaled(all.select(chosen).dense().data());
    kernels = new Kernels(centres, kernels.columns(), kernels.bandwidth());
  }

  private float[] scaled(float[] data) {
    float[] scaled = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      scaled[i] = (float) (data[i] / scales[i % scales.length]);
    }
    return scaled;
  }

  @Override
  public Samples sample(SampleRequest request, KdeSampler sampler) {
    int columns = kernels.columns();
    float[] data = new float[request.count() * columns];
    for (int i = 0; i < request.count(); i++) {
      RandomStream stream = request.stream(i);
      int centre = stream.nextInt(kernels.count());
      for (int c = 0; c < columns; c++) {
        double noise = kernels.bandwidth() * stream.nextGaussian();
        double point = kernels.centres()[centre * columns + c] + noise;
        data[i * columns + c] = (float) (point * scales[c]);
      }
    }
    return new Samples(new Values.Dense(item, data));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.DENSITY));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    double[] nats = kernels.nats(scaled(batch.dense().data()), workers);
    double logScales = logScales();
    return Arrays.stream(nats).map(value -> value + logScales).toArray();
  }

  /** The centres, the columns' deviations, and the bandwidth. */
  @Override
  public long parameters() {
    return kernels.centres().length + scales.length + 1L;
  }

  @Override
  public void save(StateStore store) {
    store.putFloats("centres", Shape.of(kernels.count(), kernels.columns()), kernels.centres());
    store.putDoubles("bandwidth", Shape.SCALAR, new double[] {kernels.bandwidth()});
    store.putDoubles("scales", Shape.of(scales.length), scales);
    convergence.save(store);
    store.putLongs("started", started ? 1 : 0);
  }

  @Override
  public void restore(StateStore store) {
    Shape shape = Shape.of(kernels.count(), kernels.columns());
    double bandwidth = store.doubles("bandwidth", Shape.SCALAR)[0];
    kernels = new Kernels(store.floats("centres", shape), kernels.columns(), bandwidth);
    double[] saved = store.doubles("scales", Shape.of(scales.length));
    System.arraycopy(saved, 0, scales, 0, saved.length);
    convergence.restore(store);
    started = store.longs("started")[0] == 1;
  }

  @Override
  public void close() {
    workers.close();
  }
}
