package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;

/** exp of the entropy of the classes of samples: how many equally frequent ones they are worth. */
@AutoService(Metric.class)
public final class EffectiveClassesMetric extends ClassBalance {
  public EffectiveClassesMetric() {
    super(
        "effective-classes",
        new Info(
            "Effective classes",
            "classes",
            Direction.NONE,
            1,
            Double.POSITIVE_INFINITY,
            MINIMUM,
            "exp(− Σ p ln p); Hill 1973, order 1"),
        (samples, held) -> samples.effectiveClasses());
  }
}
