package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.spi.Metric;

/**
 * KL divergence of the classes of samples from those of held-out images, in nats; no value where
 * samples have a class that held-out images have not.
 */
@AutoService(Metric.class)
public final class ClassDivergenceMetric extends ClassBalance {
  public ClassDivergenceMetric() {
    super(
        "class-kl",
        new Info(
            "Divergence of classes",
            "nats",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            MINIMUM,
            "Σ p ln(p / q), p the shares of classes among samples, q among held-out images"),
        Histogram::kl);
  }
}
