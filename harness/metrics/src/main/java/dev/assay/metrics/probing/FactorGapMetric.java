package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.latent.Disentanglement;
import dev.assay.spi.Dataset;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Values;
import java.util.List;

/** Whether each factor of variation has one number of the code that knows it best by far. */
@AutoService(Metric.class)
public final class FactorGapMetric extends FactorMetric {
  public FactorGapMetric() {
    super(
        "mig",
        new Info(
            "Mutual information gap",
            "1",
            Direction.HIGHER,
            0,
            1,
            0,
            "Chen et al. 2018, Isolating sources of disentanglement, eq. 6"));
  }

  @Override
  List<MetricValue> values(
      Evaluation evaluation, Values.Dense codes, Dataset.Factors factors, String settings) {
    double gap = Disentanglement.mig(Codes.binned(codes), factors.values());
    return List.of(
        value(
            "sample",
            Statistics.Mean.withoutInterval(gap),
            codes.count(),
            settings + "bins:" + Codes.BINS));
  }
}
