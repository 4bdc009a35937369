package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.List;

/**
 * Share of the sampled classes that are those of the test examples whose conditions they were drawn
 * under. Of a sampler that takes the likeliest class, the accuracy of a classifier.
 */
@AutoService(Metric.class)
public final class AccuracyMetric implements Metric {
  private static final Info INFO =
      new Info(
          "Share of classes that are right",
          "1",
          Direction.HIGHER,
          0,
          1,
          1,
          "over the test examples in stored order, each at most once");

  @Override
  public String id() {
    return "accuracy";
  }

  @Override
  public Info info() {
    return INFO;
  }

  @Override
  public Fit fits(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Label _, Modality condition)
            && !(condition instanceof Modality.Nothing)
        ? Fit.raw()
        : Fit.no("accuracy needs classes under a condition");
  }

  @Override
  public List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Labels(int[] drawn))
        || drawn.length == 0) {
      return List.of();
    }
    int[] truth = ((Values.Labels) evaluation.test().x()).labels();
    double[] right = new double[Math.min(drawn.length, truth.length)];
    for (int i = 0; i < right.length; i++) {
      right[i] = drawn[i] == truth[i] ? 1 : 0;
    }
    Statistics.Mean mean = Statistics.bootstrapMean(right, evaluation.random().child("bootstrap"));
    return List.of(
        new MetricValue(
            id(),
            "sample",
            INFO.direction(),
            mean.value(),
            mean.low(),
            mean.high(),
            right.length,
            INFO.unit(),
            "v1|n:" + right.length));
  }
}
