package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/**
 * Share of samples that are closer to a training example than to any held-out one, ties counting
 * half, on equally many of both. ½ for a model that generalises; towards 1 it copies. The interval
 * is over samples: the training and held-out points are taken as given.
 */
@AutoService(Metric.class)
public final class MemorizationMetric extends SampleMetric {
  public MemorizationMetric() {
    super(
        "memorization",
        new Info(
            "Share of samples nearest to training data",
            "1",
            Direction.LOWER,
            0,
            1,
            20,
            "Distance-to-closest-record share, train against held-out"));
  }

  @Override
  protected Sets compared(Sets sets) {
    int count = Math.min(sets.train().rows(), sets.held().rows());
    return new Sets(sets.samples(), sets.train().first(count), sets.held().first(count));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    double[] closer = TwoSample.closerToTrain(sets.samples(), sets.train(), sets.held());
    return Statistics.bootstrapMean(closer, random.child("bootstrap"));
  }

  @Override
  protected String settings() {
    return "|balanced";
  }
}
