package dev.assay.plugins.statistical.independent;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One update counts all training examples. */
final class IndependentModel implements GenerativeModel<IndependentSampler>, Scorer {
  private final Marginals marginals;

  IndependentModel(Marginals marginals) {
    this.marginals = marginals;
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    double loss = Arrays.stream(marginals.nats(all.x())).average().orElse(0);
    marginals.fit(all.x());
    return new StepReport(loss, batches.size(), true, Map.of());
  }

  @Override
  public Samples sample(SampleRequest request, IndependentSampler sampler) {
    return new Samples(marginals.sample(request, sampler));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(marginals.measure()));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    return marginals.nats(batch.x());
  }

  @Override
  public long parameters() {
    return marginals.parameters();
  }

  @Override
  public void save(StateStore store) {
    marginals.save(store);
  }

  @Override
  public void restore(StateStore store) {
    marginals.restore(store);
  }

  @Override
  public void close() {}
}
