package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Bleu;
import dev.assay.spi.Metric;

/** BLEU without regard to case. */
@AutoService(Metric.class)
public final class LowercaseBleuMetric extends CorpusBleu {
  public LowercaseBleuMetric() {
    super("bleu-lowercase", "BLEU, lower case", Bleu.LOWERCASE);
  }
}
