package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;

/**
 * Nats per character of the held-out text, a character being a Unicode code point. The end of a
 * document is predicted too and counts as one character; a stream has no end.
 */
@AutoService(Metric.class)
public final class NatsPerCharacterMetric extends LikelihoodMetric {
  public NatsPerCharacterMetric() {
    super(
        "nats-per-character",
        new Info(
            "Nats per character",
            "nats/character",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            0,
            "Σ −ln p / Σ characters, over all of the test text"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Text;
  }

  @Override
  double[] units(Evaluation evaluation) {
    int end =
        evaluation.spec().x() instanceof Modality.Text(Modality.Text.Form form)
                && form == Modality.Text.Form.DOCUMENTS
            ? 1
            : 0;
    return evaluation.test().texts().texts().stream()
        .mapToDouble(text -> text.codePointCount(0, text.length()) + end)
        .toArray();
  }
}
