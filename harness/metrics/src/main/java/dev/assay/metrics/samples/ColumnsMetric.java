package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.table.ColumnFidelity;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Mean over columns of the 1-Wasserstein distance, in deviations of the training columns. */
@AutoService(Metric.class)
public final class ColumnsMetric extends TableMetric {
  public ColumnsMetric() {
    super(
        "column-distance",
        new Info(
            "Mean 1-Wasserstein distance of columns",
            "sd",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            20,
            "1-Wasserstein distance of each standardised column, mean over columns"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    double[] distances = ColumnFidelity.wasserstein(sets.held(), sets.samples());
    return Statistics.Mean.withoutInterval(Arrays.stream(distances).average().orElseThrow());
  }
}
