package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.spi.Metric;

/** Share of samples that lie in a ball around a held-out point. */
@AutoService(Metric.class)
public final class PrecisionMetric extends ManifoldMetric {
  public PrecisionMetric() {
    super(
        "precision",
        "Precision of samples",
        1,
        "Kynkäänniemi et al. 2019, Improved precision and recall metric for generative models",
        3,
        Manifolds.Boundary.CLOSED,
        Manifolds::precision);
  }
}
