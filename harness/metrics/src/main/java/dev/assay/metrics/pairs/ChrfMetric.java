package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Chrf;
import dev.assay.spi.Metric;
import java.util.List;

/**
 * chrF2: F score of character n-grams, each text against that of its pair, as sacrebleu computes
 * it.
 */
@AutoService(Metric.class)
public final class ChrfMetric extends PairMetric {
  public ChrfMetric() {
    super(
        "chrf",
        "chrF2",
        "%",
        Direction.HIGHER,
        100,
        "Popović 2015; Post 2018, sacrebleu",
        References.OWN);
  }

  @Override
  double[] counts(String text, List<String> known) {
    return Chrf.CHRF.counts(text, known);
  }

  @Override
  double score(double[] sums) {
    return Chrf.CHRF.score(sums);
  }

  @Override
  String settings() {
    return Chrf.CHRF.signature(1);
  }
}
