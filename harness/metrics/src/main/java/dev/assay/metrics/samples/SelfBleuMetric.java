package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.text.Diversity;
import dev.assay.spi.Metric;
import java.util.Arrays;
import java.util.List;

/** Mean BLEU of each sample against all others, of characters; 1 where samples repeat. */
@AutoService(Metric.class)
public final class SelfBleuMetric extends TextMetric {
  private static final int ORDER = 4;

  public SelfBleuMetric() {
    super(
        "self-bleu",
        new Info(
            "BLEU of samples against each other",
            "1",
            Direction.NONE,
            0,
            1,
            20,
            "Zhu et al. 2018, Texygen"));
  }

  @Override
  Statistics.Mean value(List<String> samples, List<String> held) {
    double[] scores = Diversity.selfBleu(characters(samples), ORDER);
    return Statistics.Mean.withoutInterval(Arrays.stream(scores).average().orElse(Double.NaN));
  }

  @Override
  String settings() {
    return "|tok:char|order:" + ORDER + "|smooth:none";
  }
}
