package dev.assay.runner.execute;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.List;

/** Two metrics in one: mean score where there are scores, mean first coordinate where samples. */
record MeanNll(String id, boolean ofSamples) implements Metric {
  static final Metric NLL = new MeanNll("nll", false);
  static final Metric CENTRE = new MeanNll("centre", true);

  @Override
  public Info info() {
    return new Info(id, "nats", Direction.LOWER, -1e9, 1e9, 0, "test");
  }

  @Override
  public Fit fits(DataSpec spec) {
    return Fit.raw();
  }

  @Override
  public List<MetricValue> compute(Evaluation evaluation) {
    if (!ofSamples) {
      return evaluation.likelihoods().stream()
          .map(l -> value("exact/density", Arrays.stream(l.nats()).average().orElseThrow()))
          .toList();
    }
    return evaluation.samples().stream()
        .map(s -> value("sample", ((Values.Dense) s).data()[0]))
        .toList();
  }

  private MetricValue value(String kind, double value) {
    return new MetricValue(
        id, kind, Direction.LOWER, value, Double.NaN, Double.NaN, 1, "nats", "v1");
  }
}
