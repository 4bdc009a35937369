package dev.assay.plugins.diffusion.flowmatching;

import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.plugins.diffusion.LinearSampling;
import dev.assay.plugins.diffusion.OdeLikelihood;
import dev.assay.plugins.diffusion.RePaint;
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
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that knows the velocity of the flow from noise to data. */
final class FlowMatchingModel implements Infiller<FlowMatchingSampler>, Scorer {
  private final FlowMatchingConfig config;
  private final Backend backend;
  private final Shape item;
  private final DenoiserTraining training;
  private final LinearSampling sampling;
  private @Nullable OdeLikelihood likelihood;

  /**
   * @param item shape of one example
   * @param classes 0 for an unconditional model
   */
  FlowMatchingModel(FlowMatchingConfig config, ModelContext context, Shape item, int classes) {
    this.config = config;
    this.item = item;
    backend = context.backend();
    training =
        new DenoiserTraining(
            context, config.architecture(), config.training(), item, classes, StraightPath::loss);
    sampling = new LinearSampling(backend, training, training::predict, v -> v, item.size());
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(config.training().batch());
    return training.step(batch.dense().data(), batch);
  }

  @Override
  public Samples sample(SampleRequest request, FlowMatchingSampler sampler) {
    float[] drawn =
        sampling.draw(
            request,
            switch (sampler.method()) {
              case EULER -> StraightPath.euler(sampler.steps());
              case HEUN -> StraightPath.heun(sampler.steps());
            },
            sampler.guidance());
    return new Samples(new Values.Dense(item, drawn));
  }

  /** By Euler's method, whatever the sampler's: its steps alone may be gone several times. */
  @Override
  public Samples infill(SampleRequest request, Observed observed, FlowMatchingSampler sampler) {
    float[] given = observed.x().data();
    float[] x =
        sampling.complete(
            request,
            new LinearSampling.Known(given, observed.known()),
            RePaint.updates(
                StraightPath.levels(sampler.steps()),
                StraightPath.euler(sampler.steps()),
                sampler.resampling()),
            sampler.guidance());
    return new Samples(new Values.Dense(item, RePaint.keep(given, observed.known(), x)));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod method =
        new ScoreMethod("ode", ScoreMethod.Kind.ESTIMATE, ScoreMethod.Measure.DENSITY, 0);
    return List.of(training.conditional() ? method.givenCondition() : method);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (likelihood == null) {
      likelihood = new OdeLikelihood(backend, training, training::predict, item.size());
    }
    return likelihood.score(batch.dense().data(), batch, StraightPath.backward(), random, first);
  }

  @Override
  public long parameters() {
    return training.parameters();
  }

  @Override
  public void save(StateStore state) {
    training.save(state);
  }

  @Override
  public void restore(StateStore state) {
    training.restore(state);
  }

  @Override
  public void close() {
    training.close();
    sampling.close();
    if (likelihood != null) {
      likelihood.close();
    }
  }
}
