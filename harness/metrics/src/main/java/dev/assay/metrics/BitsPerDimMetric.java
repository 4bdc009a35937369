package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;

/** Negative log-likelihood in bits per coordinate of the raw data. */
@AutoService(Metric.class)
public final class BitsPerDimMetric extends LikelihoodMetric {
  public BitsPerDimMetric() {
    super(
        "bits-per-dim",
        new Info(
            "Bits per dimension",
            "bits/dim",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0,
            "nats / (D ln 2), D coordinates of an example (Theis et al. 2016)"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Image || x instanceof Modality.Tabular;
  }

  @Override
  double[] units(Evaluation evaluation) {
    return ones(evaluation.test().count());
  }

  @Override
  double convert(double nats, Evaluation evaluation) {
    return nats / (evaluation.test().dense().width() * Math.log(2));
  }
}
