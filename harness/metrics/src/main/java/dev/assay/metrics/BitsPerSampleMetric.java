package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;

/** Bits per sample of the held-out sound; the end of each costs nats but counts no sample. */
@AutoService(Metric.class)
public final class BitsPerSampleMetric extends LikelihoodMetric {
  public BitsPerSampleMetric() {
    super(
        "bits-per-sample",
        new Info(
            "Bits per sample of sound",
            "bits/sample",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            0,
            "Σ −log₂ p / Σ samples, over all of the test sound"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Audio;
  }

  @Override
  double[] units(Evaluation evaluation) {
    return evaluation.test().texts().texts().stream().mapToDouble(String::length).toArray();
  }

  @Override
  double convert(double nats, Evaluation evaluation) {
    return nats / Math.log(2);
  }
}
