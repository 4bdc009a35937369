package dev.assay.plugins.statistical.ar;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
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
 * One update solves the least squares; training is then finished. Step t &lt; p has a regression of
 * its own on the t steps before it, so that the density of a whole series is exact.
 */
final class ArModel implements GenerativeModel<ArSampler>, Scorer {
  private final ArConfig config;
  private final Shape item;
  private final int length;

  /** Of steps 0, 1, … p − 1, and last of all steps from p on. */
  private final Regression[] regressions;

  ArModel(ArConfig config, Shape item) {
    this.config = config;
    this.item = item;
    length = item.size();
    regressions = new Regression[Math.min(config.order(), length - 1) + 1];
    Arrays.setAll(regressions, Regression::standard);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    double loss = Arrays.stream(nats(data)).average().orElse(0);
    int last = regressions.length - 1;
    for (int t = 0; t <= last; t++) {
      int to = t == last ? length : t + 1;
      regressions[t] = Regression.fit(data, length, t, t, to, config.ridge());
    }
    return new StepReport(loss, all.count(), true, Map.of());
  }

  private Regression of(int step) {
    return regressions[Math.min(step, regressions.length - 1)];
  }

  private double[] nats(float[] data) {
    double[] nats = new double[data.length / length];
    for (int at = 0; at < data.length; at++) {
      nats[at / length] += of(at % length).nats(data, at);
    }
    return nats;
  }

  @Override
  public Samples sample(SampleRequest request, ArSampler sampler) {
    float[] data = new float[request.count() * length];
    for (int i = 0; i < request.count(); i++) {
      RandomStream random = request.stream(i);
      for (int t = 0; t < length; t++) {
        data[i * length + t] = (float) of(t).draw(data, i * length + t, random);
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
    return nats(batch.dense().data());
  }

  @Override
  public long parameters() {
    return Arrays.stream(regressions).mapToLong(regression -> regression.order() + 2L).sum();
  }

  @Override
  public void save(StateStore store) {
    for (int t = 0; t < regressions.length; t++) {
      store.putDoubles("step." + t, Shape.of(t + 2), regressions[t].numbers());
    }
  }

  @Override
  public void restore(StateStore store) {
    for (int t = 0; t < regressions.length; t++) {
      regressions[t] = Regression.of(store.doubles("step." + t, Shape.of(t + 2)));
    }
  }

  @Override
  public void close() {}
}
