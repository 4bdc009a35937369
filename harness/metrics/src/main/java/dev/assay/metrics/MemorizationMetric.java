package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/**
 * Share of samples that are closer to a training example than to any held-out one, ties counting
 * half, on equally many of both. ½ for a model that generalises; towards 1 it copies.
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
  Statistics.Mean value(Sets sets, RandomStream random) {
    int count = Math.min(sets.train().rows(), sets.held().rows());
    return withoutInterval(
        TwoSample.shareCloserToTrain(
            sets.samples(), sets.train().first(count), sets.held().first(count)));
  }

  @Override
  String settings() {
    return "|balanced";
  }
}
