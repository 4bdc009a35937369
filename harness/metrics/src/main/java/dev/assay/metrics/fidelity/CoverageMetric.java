package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.spi.Metric;

/** Share of held-out points whose ball holds a sample. */
@AutoService(Metric.class)
public final class CoverageMetric extends ManifoldMetric {
  public CoverageMetric() {
    super(
        "coverage",
        "Coverage of held-out data",
        1,
        "Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models",
        5,
        Manifolds.Boundary.STRICT,
        Manifolds::coverage);
  }
}
