package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.spi.Metric;

/** Total variation between the classes of samples and of held-out images. */
@AutoService(Metric.class)
public final class ClassVariationMetric extends ClassBalance {
  public ClassVariationMetric() {
    super(
        "class-tv",
        new Info("Total variation of classes", "1", Direction.LOWER, 0, 1, MINIMUM, "½ Σ |p − q|"),
        Histogram::variation);
  }
}
