package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Frechet;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** Squared Fréchet distance between the Gaussians fitted to samples and held-out data. */
@AutoService(Metric.class)
public final class FidMetric extends FeatureMetric {
  /** Twice the features of the classifier, so that covariances have full rank. */
  static final int MINIMUM = 256;

  public FidMetric() {
    super(
        "fid",
        new Info(
            "Fréchet distance",
            "1",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            MINIMUM,
            "Heusel et al. 2017, GANs trained by a two time-scale update rule, eq. 6"));
  }

  @Override
  Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(Frechet.distance(sets.samples(), sets.held()));
  }
}
