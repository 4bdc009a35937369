package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** Unbiased squared maximum mean discrepancy with a Gaussian kernel; may be slightly negative. */
@AutoService(Metric.class)
public final class MmdMetric extends SampleMetric {
  public MmdMetric() {
    super(
        "mmd",
        new Info(
            "Maximum mean discrepancy, squared",
            "1",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            2,
            20,
            "Gretton et al. 2012, A kernel two-sample test, lemma 6"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(TwoSample.mmd(sets.samples(), sets.held()).unbiased());
  }

  @Override
  protected String settings() {
    return "|kernel:rbf|sigma:median";
  }
}
