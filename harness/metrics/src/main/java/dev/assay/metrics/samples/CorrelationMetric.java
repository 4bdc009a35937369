package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.table.ColumnFidelity;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** Mean absolute difference of Pearson's correlation over pairs of columns; needs two columns. */
@AutoService(Metric.class)
public final class CorrelationMetric extends TableMetric {
  public CorrelationMetric() {
    super(
        "correlation-gap",
        new Info(
            "Mean difference of correlations",
            "1",
            Direction.LOWER,
            0,
            2,
            20,
            "Mean |correlation of samples − of held-out rows| over pairs of columns"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(
        ColumnFidelity.correlationGap(sets.held(), sets.samples()));
  }
}
