package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.text.Diversity;
import dev.assay.spi.Metric;
import java.util.List;

/** Different runs of four characters over all of them; falls as there is more text. */
@AutoService(Metric.class)
public final class DistinctMetric extends TextMetric {
  private static final int ORDER = 4;

  public DistinctMetric() {
    super(
        "distinct-4",
        new Info(
            "Distinct runs of four characters",
            "1",
            Direction.NONE,
            0,
            1,
            20,
            "Li et al. 2016, A diversity-promoting objective function"));
  }

  @Override
  Statistics.Mean value(List<String> samples, List<String> held) {
    return Statistics.Mean.withoutInterval(Diversity.distinct(characters(samples), ORDER));
  }

  @Override
  String settings() {
    return "|tok:char";
  }
}
