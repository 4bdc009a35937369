package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** Unbiased energy distance; unlike the form with all pairs, its mean does not depend on n. */
@AutoService(Metric.class)
public final class EnergyDistanceMetric extends SampleMetric {
  public EnergyDistanceMetric() {
    super(
        "energy-distance",
        new Info(
            "Energy distance",
            "1",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            20,
            "Székely and Rizzo 2013, Energy statistics"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(TwoSample.energy(sets.samples(), sets.held()).u());
  }

  @Override
  protected String settings() {
    return "|estimator:u";
  }
}
