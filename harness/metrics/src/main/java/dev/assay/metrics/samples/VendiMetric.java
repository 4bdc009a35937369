package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.SampleMetric;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Vendi;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** How many different points the samples are worth; looks at no data, so noise is varied too. */
@AutoService(Metric.class)
public final class VendiMetric extends SampleMetric {
  public VendiMetric() {
    super(
        "vendi",
        new Info(
            "Vendi score",
            "samples",
            Direction.NONE,
            1,
            Double.POSITIVE_INFINITY,
            20,
            "Friedman and Dieng 2023, The Vendi score"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(Vendi.score(sets.samples()));
  }

  @Override
  protected String settings() {
    return "|kernel:cosine|order:1";
  }
}
