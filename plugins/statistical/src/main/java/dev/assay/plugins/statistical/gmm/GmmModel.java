package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Convergence;
import dev.assay.plugins.statistical.Workers;
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

/** One update is one sweep of expectation-maximisation; the first also finds the start. */
final class GmmModel implements GenerativeModel<GmmSampler>, Scorer {
  private final GmmConfig config;
  private final Shape item;
  private final RandomStream random;
  private final Workers workers;
  private final Components components;
  private final Mixture mixture;
  private final Convergence convergence;
  private boolean started;

  GmmModel(GmmConfig config, Shape item, ModelContext context) {
    this.config = config;
    this.item = item;
    random = context.random().child("start");
    workers = Workers.of(context.backend());
    components =
        switch (config.covariance()) {
          case FULL -> new FullComponents(config.components(), item.size(), config.floor());
          case DIAGONAL -> new DiagonalComponents(config.components(), item.size(), config.floor());
        };
    mixture = new Mixture(config.components(), item.size(), components);
    convergence = new Convergence(config.tolerance());
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    if (!started) {
      start(data);
      started = true;
    }
    double[][] responsibilities = new double[config.components()][all.count()];
    double[] nats = mixture.nats(data, responsibilities, workers);
    double loss = Arrays.stream(nats).average().orElse(0);
    mixture.maximise(data, responsibilities, workers);
    return new StepReport(loss, all.count(), convergence.reached(loss), Map.of());
  }

  /** Means from k-means, and for all components the covariance within its clusters. */
  private void start(float[] data) {
    Seeding seeding = new Seeding(data, item.size(), random.child("points"));
    Seeding.Clusters clusters = seeding.best(config.components(), config.starts(), random);
    int columns = item.size();
    double[] covariance = clusters.scatter();
    double[] variances = new double[columns];
    for (int i = 0; i < columns; i++) {
      covariance[i * columns + i] += config.floor();
      variances[i] = covariance[i * columns + i];
    }
    System.arraycopy(clusters.shares(), 0, mixture.weights(), 0, config.components());
    switch (components) {
      case FullComponents full -> full.set(clusters.means(), repeat(covariance));
      case DiagonalComponents diagonal -> diagonal.set(clusters.means(), repeat(variances));
    }
  }

  private double[][] repeat(double[] one) {
    double[][] all = new double[config.components()][];
    Arrays.fill(all, one);
    return all;
  }

  @Override
  public Samples sample(SampleRequest request, GmmSampler sampler) {
    int columns = item.size();
    float[] data = new float[request.count() * columns];
    for (int i = 0; i < request.count(); i++) {
      double[] x = mixture.draw(request.stream(i));
      for (int c = 0; c < columns; c++) {
        data[i * columns + c] = (float) x[c];
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
    return mixture.nats(batch.dense().data(), null, workers);
  }

  @Override
  public long parameters() {
    return mixture.parameters();
  }

  @Override
  public void save(StateStore store) {
    mixture.save(store);
    convergence.save(store);
    store.putLongs("started", started ? 1 : 0);
  }

  @Override
  public void restore(StateStore store) {
    mixture.restore(store);
    convergence.restore(store);
    started = store.longs("started")[0] == 1;
  }

  @Override
  public void close() {
    workers.close();
  }
}
