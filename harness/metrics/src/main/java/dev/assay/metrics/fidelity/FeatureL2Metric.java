package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Distances;
import dev.assay.metrics.Statistics;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/**
 * Mean Euclidean distance from a held-out point to the nearest sample: how well samples stand for
 * what they have not seen. Falls as samples get more.
 */
@AutoService(Metric.class)
public final class FeatureL2Metric extends FeatureMetric {
  public FeatureL2Metric() {
    super(
        "feature-l2",
        new Info(
            "Distance of held-out data to the nearest sample",
            "1",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            20,
            "mean over held-out points of the least |f(x) − f(sample)|"));
  }

  @Override
  Statistics.Mean value(Sets sets, RandomStream random) {
    double[] nearest = Distances.nearest(sets.held(), sets.samples());
    return Statistics.bootstrapMean(nearest, random.child("bootstrap"));
  }
}
