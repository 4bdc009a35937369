package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.plugins.diffusion.Level;
import dev.assay.plugins.diffusion.LinearSampling;
import dev.assay.plugins.diffusion.OdeLikelihood;
import dev.assay.plugins.diffusion.RePaint;
import dev.assay.plugins.diffusion.Update;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Infiller;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Observed;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A denoiser trained at all levels of noise; samplers and scores use it as it is. */
final class DdpmModel implements Infiller<DdpmSampler>, Scorer {
  private final DdpmConfig config;
  private final Backend backend;
  private final Shape item;
  private final Diffusion diffusion;
  private final DenoiserTraining training;
  private final LinearSampling sampling;
  private @Nullable VariationalBound bound;
  private @Nullable OdeLikelihood flow;

  /**
   * @param item shape of one example
   * @param classes 0 for an unconditional model
   */
  DdpmModel(DdpmConfig config, ModelContext context, Shape item, int classes, Decoder decoder) {
    this.config = config;
    this.item = item;
    backend = context.backend();
    diffusion =
        new Diffusion(
            NoiseSchedule.of(config.schedule(), config.timesteps()), config.prediction(), decoder);
    training =
        new DenoiserTraining(
            context,
            config.architecture(),
            config.training(),
            item,
            classes,
            switch (config.objective()) {
              case SIMPLE -> diffusion::simpleLoss;
              case VLB -> diffusion::boundLoss;
            });
    sampling = new LinearSampling(backend, training, this::clean, decoder::limit, item.size());
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(config.training().batch());
    return training.step(diffusion.decoder().forward(batch.dense().data()), batch);
  }

  @Override
  public Samples sample(SampleRequest request, DdpmSampler sampler) {
    List<Update> updates = sampler.solver().updates(levels(sampler));
    float[] drawn = sampling.draw(request, updates, sampler.guidance());
    return new Samples(new Values.Dense(item, diffusion.decoder().backward(drawn)));
  }

  /** By ancestral steps, whatever the sampler's kind: they alone may be gone several times. */
  @Override
  public Samples infill(SampleRequest request, Observed observed, DdpmSampler sampler) {
    List<Level> levels = levels(sampler);
    List<Update> updates = new Solver.Ancestral().updates(levels);
    boolean[] marks = observed.known();
    float[] given = observed.x().data();
    float[] x =
        sampling.complete(
            request,
            new LinearSampling.Known(diffusion.decoder().forward(given), marks),
            RePaint.updates(levels, updates, sampler.resampling()),
            sampler.guidance());
    float[] completed = RePaint.keep(given, marks, diffusion.decoder().backward(x));
    return new Samples(new Values.Dense(item, completed));
  }

  private List<Level> levels(DdpmSampler sampler) {
    NoiseSchedule schedule = diffusion.schedule();
    int steps = sampler.steps() == 0 ? schedule.timesteps() : sampler.steps();
    return schedule.spaced(sampler.spacing(), steps);
  }

  /** x̂₀ of x_t under the averaged weights. */
  private Tensor clean(Tensor xt, Tensor t, Tensor labels) {
    return diffusion.clean(training.predict(xt, diffusion.time(t), labels), xt, t);
  }

  private Tensor velocity(Tensor x, Tensor t, Tensor labels) {
    return ProbabilityFlow.velocity(x, clean(x, t, labels), diffusion.schedule().alpha(t));
  }

  /** A density only has a flow: levels are no points of it. */
  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return diffusion.decoder().measure() == Measure.DENSITY
        ? List.of(method("vlb", Kind.LOWER_BOUND), method("ode", Kind.ESTIMATE))
        : List.of(method("vlb", Kind.LOWER_BOUND));
  }

  private ScoreMethod method(String id, Kind kind) {
    ScoreMethod method = new ScoreMethod(id, kind, diffusion.decoder().measure(), 0);
    return training.conditional() ? method.givenCondition() : method;
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    float[] data = diffusion.decoder().forward(batch.dense().data());
    return switch (method.kind()) {
      case LOWER_BOUND -> {
        if (bound == null) {
          bound = new VariationalBound(backend, diffusion, training, item.size());
        }
        yield bound.score(data, batch, random, first);
      }
      case ESTIMATE -> {
        if (flow == null) {
          flow = new OdeLikelihood(backend, training, this::velocity, item.size());
        }
        yield flow.score(data, batch, ProbabilityFlow.nodes(diffusion.schedule()), random, first);
      }
      case EXACT, PSEUDO -> throw new IllegalArgumentException("no such score: " + method);
    };
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
    if (bound != null) {
      bound.close();
    }
    if (flow != null) {
      flow.close();
    }
  }
}
