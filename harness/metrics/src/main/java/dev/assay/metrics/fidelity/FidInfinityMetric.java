package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Points;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Frechet;
import dev.assay.metrics.distribution.Gaussian;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * {@link FidMetric} extrapolated to infinitely many samples: the intercept of a line through its
 * values at {@value #SIZES} sample counts, evenly spaced from a quarter to all, over 1/n.
 */
@AutoService(Metric.class)
public final class FidInfinityMetric extends FeatureMetric {
  private static final int SIZES = 15;
  private static final int SMALLEST_PART = 4;

  public FidInfinityMetric() {
    super(
        "fid-infinity",
        new Info(
            "Fréchet distance at infinitely many samples",
            "1",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            1000,
            "Chong and Forsyth 2020, Effectively unbiased FID and inception score"));
  }

  @Override
  Statistics.Mean value(Sets sets, RandomStream random) {
    Gaussian held = Gaussian.fit(sets.held());
    int n = sets.samples().rows();
    double[] counts = new double[SIZES];
    double[] distances = new double[SIZES];
    for (int i = 0; i < SIZES; i++) {
      int least = n / SMALLEST_PART;
      int count = least + (n - least) * i / (SIZES - 1);
      int[] order = random.child("subset").child(i).permutation(n);
      Points subset = sets.samples().select(Arrays.copyOf(order, count));
      counts[i] = count;
      distances[i] = Frechet.distance(Gaussian.fit(subset), held);
    }
    return Statistics.Mean.withoutInterval(Frechet.extrapolate(counts, distances).limit());
  }

  @Override
  String settings() {
    return "|sizes:" + SIZES;
  }
}
