package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.SampleMetric;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.privacy.ClosestRecords;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** Mean over samples of the distance to the closest training row over that to the second. */
@AutoService(Metric.class)
public final class NearestRatioMetric extends SampleMetric {
  public NearestRatioMetric() {
    super(
        "nearest-ratio",
        new Info(
            "Ratio of the distances to the two closest training rows",
            "1",
            Direction.NONE,
            0,
            1,
            20,
            "Nearest-neighbour distance ratio (NNDR), mean over samples"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    double[] ratios = ClosestRecords.of(sets.samples(), sets.train()).ratios();
    return Statistics.bootstrapMean(ratios, random.child("bootstrap"));
  }
}
