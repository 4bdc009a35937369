package dev.assay.plugins.statistical.ppca;

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

/** One update finds the maximum of the likelihood. */
final class PpcaModel implements GenerativeModel<PpcaSampler>, Scorer {
  private static final double SMALLEST_NOISE = 1e-9;
  private static final int CHUNK = 256;

  private final Shape item;
  private final int latent;
  private final Workers workers;
  private Subspace subspace;

  PpcaModel(PpcaConfig config, Shape item, ModelContext context) {
    this.item = item;
    latent = config.latent();
    workers = Workers.of(context.backend());
    subspace = Subspace.standard(item.size(), latent);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    double loss = Arrays.stream(nats(data)).average().orElse(0);
    int columns = item.size();
    Moments moments = Moments.of(data, columns);
    double[] mean = new double[columns];
    double total = moments.mean(mean);
    double[] covariance = new double[columns * columns];
    moments.covariance(mean, total, covariance, workers);
    subspace = Subspace.fit(mean, covariance, latent, SMALLEST_NOISE);
    return new StepReport(loss, all.count(), true, Map.of("noise", subspace.noise()));
  }

  private double[] nats(float[] data) {
    int points = data.length / item.size();
    double[] nats = new double[points];
    double normaliser = subspace.logNormaliser();
    workers.forEach(
        (points + CHUNK - 1) / CHUNK,
        chunk -> {
          for (int i = chunk * CHUNK; i < Math.min((chunk + 1) * CHUNK, points); i++) {
            nats[i] = 0.5 * (normaliser + subspace.squaredDistance(data, i));
          }
        });
    return nats;
  }

  @Override
  public Samples sample(SampleRequest request, PpcaSampler sampler) {
    float[] data = new float[request.count() * item.size()];
    for (int i = 0; i < request.count(); i++) {
      subspace.draw(request.stream(i), data, i * item.size());
    }
    return new Samples(new Values.Dense(item, data));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.DENSITY));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    return nats(batch.dense().data());
  }

  /** Of W up to a rotation of the latent, μ and σ²: Tipping and Bishop, §3.1. */
  @Override
  public long parameters() {
    long columns = item.size();
    return columns * latent - (long) latent * (latent - 1) / 2 + columns + 1;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("mean", Shape.of(item.size()), subspace.mean());
    store.putDoubles("axes", Shape.of(item.size(), latent), subspace.axes());
    store.putDoubles("variances", Shape.of(latent), subspace.variances());
    store.putDoubles("noise", Shape.SCALAR, new double[] {subspace.noise()});
  }

  @Override
  public void restore(StateStore store) {
    subspace =
        new Subspace(
            store.doubles("mean", Shape.of(item.size())),
            store.doubles("axes", Shape.of(item.size(), latent)),
            store.doubles("variances", Shape.of(latent)),
            store.doubles("noise", Shape.SCALAR)[0]);
  }

  @Override
  public void close() {
    workers.close();
  }
}
