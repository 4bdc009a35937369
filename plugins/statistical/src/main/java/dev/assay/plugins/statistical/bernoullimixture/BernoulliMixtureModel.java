package dev.assay.plugins.statistical.bernoullimixture;

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
final class BernoulliMixtureModel implements GenerativeModel<BernoulliMixtureSampler>, Scorer {
  private final Shape item;
  private final RandomStream random;
  private final Workers workers;
  private final Mixture mixture;
  private final Convergence convergence;
  private boolean started;

  BernoulliMixtureModel(BernoulliMixtureConfig config, Shape item, ModelContext context) {
    this.item = item;
    random = context.random().child("start");
    workers = Workers.of(context.backend());
    mixture = new Mixture(config.components(), item.size(), config.smoothing());
    convergence = new Convergence(config.tolerance());
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    if (!started) {
      mixture.start(data, random);
      started = true;
    }
    double loss = Arrays.stream(mixture.sweep(data, workers)).average().orElse(0);
    return new StepReport(loss, all.count(), convergence.reached(loss), Map.of());
  }

  @Override
  public Samples sample(SampleRequest request, BernoulliMixtureSampler sampler) {
    float[] data = new float[request.count() * item.size()];
    for (int i = 0; i < request.count(); i++) {
      mixture.draw(request.stream(i), data, i * item.size());
    }
    return new Samples(new Values.Dense(item, data));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    return mixture.nats(batch.dense().data(), workers);
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
