package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.spi.Metric;

/**
 * Balls around held-out points that hold a sample, mean over samples, by their number of
 * neighbours.
 */
@AutoService(Metric.class)
public final class DensityMetric extends ManifoldMetric {
  public DensityMetric() {
    super(
        "density",
        "Density of held-out data around samples",
        Double.POSITIVE_INFINITY,
        "Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models",
        5,
        Manifolds.Boundary.STRICT,
        Manifolds::density);
  }
}
