package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/**
 * How far the accuracy of a 1-nearest-neighbour two-sample test is from chance: |accuracy − ½| · 2,
 * on equally many samples and held-out points. 0 where the two cannot be told apart; 1 where they
 * are separable or one copies the other.
 */
@AutoService(Metric.class)
public final class C2stMetric extends SampleMetric {
  public C2stMetric() {
    super(
        "c2st",
        new Info(
            "Classifier two-sample test, 1-NN",
            "1",
            Direction.LOWER,
            0,
            1,
            20,
            "Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests"));
  }

  @Override
  protected Sets compared(Sets sets) {
    int count = Math.min(sets.samples().rows(), sets.held().rows());
    return new Sets(sets.samples().first(count), sets.train(), sets.held().first(count));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    double accuracy = TwoSample.neighbourAccuracy(sets.held(), sets.samples()).accuracy();
    return Statistics.Mean.withoutInterval(Math.abs(accuracy - 0.5) * 2);
  }

  @Override
  protected String settings() {
    return "|balanced";
  }
}
