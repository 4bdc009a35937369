package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.spi.Metric;

/** Share of held-out points that lie in a ball around a sample. */
@AutoService(Metric.class)
public final class RecallMetric extends ManifoldMetric {
  public RecallMetric() {
    super(
        "recall",
        "Recall of held-out data",
        1,
        "Kynkäänniemi et al. 2019, Improved precision and recall metric for generative models",
        3,
        Manifolds.Boundary.CLOSED,
        Manifolds::recall);
  }
}
