package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Ter;
import dev.assay.spi.Metric;
import java.util.List;

/** Translation edit rate, each text against that of its pair, as sacrebleu computes it. */
@AutoService(Metric.class)
public final class TerMetric extends PairMetric {
  public TerMetric() {
    super(
        "ter",
        "Translation edit rate",
        "%",
        Direction.LOWER,
        Double.POSITIVE_INFINITY,
        "Snover et al. 2006; Post 2018, sacrebleu",
        References.OWN);
  }

  @Override
  double[] counts(String text, List<String> known) {
    return Ter.counts(text, known);
  }

  @Override
  double score(double[] sums) {
    return Ter.score(sums);
  }

  @Override
  String settings() {
    return Ter.signature(1);
  }
}
