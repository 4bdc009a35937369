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
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Set;

/** Learns the sum of the scores that its trained teacher gives to batches, and samples with it. */
final class PupilModel implements GenerativeModel<PupilModel.Sampler> {
  private final Scorer teacher;
  private final RandomStream random;
  private double sum;

  private PupilModel(Scorer teacher, RandomStream random) {
    this.teacher = teacher;
    this.random = random;
  }

  /** How it learns. */
  record Settings(@Param(doc = "Examples in a batch", value = "4", min = 1) int batch) {}

  /** Nothing to set. */
  record Sampler() {}

  /** Offers the model. */
  static final class Provider implements ModelProvider<Settings, Sampler> {
    @Override
    public String id() {
      return "pupil";
    }

    @Override
    public ModelCard card() {
      return new ModelCard("Pupil", "test", "nobody", 2026, "none");
    }

    @Override
    public Class<Settings> configType() {
      return Settings.class;
    }

    @Override
    public Class<Sampler> samplerType() {
      return Sampler.class;
    }

    @Override
    public Set<String> parents() {
      return Set.of("teacher");
    }

    @Override
    public Fit fits(Settings config, DataSpec spec) {
      return Fit.continuous();
    }

    @Override
    public GenerativeModel<Sampler> create(Settings config, ModelContext context) {
      return new PupilModel((Scorer) context.parent("teacher"), context.random());
    }
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(4);
    for (double nats : teacher.score(batch, teacher.methods(1).getFirst(), random, 0)) {
      sum += nats;
    }
    return StepReport.of(sum, 4);
  }

  @Override
  public Samples sample(SampleRequest request, Sampler sampler) {
    float[] data = new float[2 * request.count()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (sum + request.stream(i / 2).child(i % 2).nextGaussian());
    }
    return new Samples(new Values.Dense(Shape.of(2), data));
  }

  @Override
  public long parameters() {
    return 1;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("sum", Shape.of(1), new double[] {sum});
  }

  @Override
  public void restore(StateStore store) {
    sum = store.doubles("sum", Shape.of(1))[0];
  }

  @Override
  public void close() {}
}
