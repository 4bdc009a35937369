package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Points;
import dev.assay.metrics.SampleMetric;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.privacy.ClosestRecords;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * Median distance of samples to their closest training row, over that of held-out rows. 1 for fresh
 * data of the same source, 0 for copies.
 */
@AutoService(Metric.class)
public final class ClosestRecordMetric extends SampleMetric {
  public ClosestRecordMetric() {
    super(
        "closest-record",
        new Info(
            "Distance to the closest training row, against held-out rows",
            "1",
            Direction.NONE,
            0,
            Double.POSITIVE_INFINITY,
            20,
            "Distance to closest record (DCR), median of samples / median of held-out rows"));
  }

  /** No value where held-out rows repeat training rows and samples do not. */
  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    double samples = median(sets.samples(), sets.train());
    double held = median(sets.held(), sets.train());
    double ratio = held > 0 ? samples / held : samples == 0 ? 1 : Double.NaN;
    return Statistics.Mean.withoutInterval(ratio);
  }

  private static double median(Points points, Points train) {
    double[] distances = ClosestRecords.of(points, train).distances();
    Arrays.sort(distances);
    return Statistics.quantile(distances, 0.5);
  }

  @Override
  protected String settings() {
    return "|median";
  }
}
