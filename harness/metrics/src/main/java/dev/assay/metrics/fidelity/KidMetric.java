package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Kernel;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/**
 * Squared maximum mean discrepancy with a cubic kernel: the mean of the unbiased estimates of
 * blocks of at most {@value #BLOCK} samples and as many held-out points. May be slightly negative.
 */
@AutoService(Metric.class)
public final class KidMetric extends FeatureMetric {
  private static final int BLOCK = 1000;

  /** Fewer blocks say little of their spread. */
  private static final int BLOCKS_FOR_INTERVAL = 5;

  public KidMetric() {
    super(
        "kid",
        new Info(
            "Kernel distance",
            "1",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            100,
            "Bińkowski et al. 2018, Demystifying MMD GANs, §4"));
  }

  @Override
  Sets compared(Sets sets) {
    return sets.balanced();
  }

  @Override
  Statistics.Mean value(Sets sets, RandomStream random) {
    int n = sets.samples().rows();
    int size = Math.min(BLOCK, n);
    double[] blocks = new double[n / size];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] =
          Kernel.polynomial(
                  sets.samples().range(b * size, (b + 1) * size),
                  sets.held().range(b * size, (b + 1) * size))
              .unbiased();
    }
    Statistics.Mean mean = Statistics.bootstrapMean(blocks, random.child("bootstrap"));
    return blocks.length < BLOCKS_FOR_INTERVAL
        ? Statistics.Mean.withoutInterval(mean.value())
        : mean;
  }

  @Override
  String settings() {
    return "|estimator:unbiased|block:" + BLOCK;
  }
}
