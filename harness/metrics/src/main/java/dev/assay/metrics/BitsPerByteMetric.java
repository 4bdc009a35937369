package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import java.nio.charset.StandardCharsets;

/**
 * Bits per byte of the held-out text in UTF-8; the ends of documents cost nats but count no byte.
 */
@AutoService(Metric.class)
public final class BitsPerByteMetric extends LikelihoodMetric {
  public BitsPerByteMetric() {
    super(
        "bits-per-byte",
        new Info(
            "Bits per byte",
            "bits/byte",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            0,
            "Σ −log₂ p / Σ bytes, over all of the test text"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Text;
  }

  @Override
  double[] units(Evaluation evaluation) {
    return evaluation.test().texts().texts().stream()
        .mapToDouble(text -> text.getBytes(StandardCharsets.UTF_8).length)
        .toArray();
  }

  @Override
  double convert(double nats, Evaluation evaluation) {
    return nats / Math.log(2);
  }
}
