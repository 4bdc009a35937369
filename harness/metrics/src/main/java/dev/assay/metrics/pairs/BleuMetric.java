package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Bleu;
import dev.assay.spi.Metric;

/** BLEU as sacrebleu scores a corpus unless told otherwise: case counts. */
@AutoService(Metric.class)
public final class BleuMetric extends CorpusBleu {
  public BleuMetric() {
    super("bleu", "BLEU", Bleu.CORPUS);
  }
}
