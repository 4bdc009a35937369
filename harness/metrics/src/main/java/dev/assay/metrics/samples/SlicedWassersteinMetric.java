package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Points;
import dev.assay.metrics.SampleMetric;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Wasserstein;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/** Mean distance of projections onto lines whose directions are the same in every run. */
@AutoService(Metric.class)
public final class SlicedWassersteinMetric extends SampleMetric {
  private static final int DIRECTIONS = 128;

  public SlicedWassersteinMetric() {
    super(
        "sliced-wasserstein",
        new Info(
            "Sliced 1-Wasserstein distance",
            "1",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            20,
            "Rabin et al. 2012, Wasserstein barycenter and its application to texture mixing"));
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    Points directions = directions(sets.held().width());
    return Statistics.Mean.withoutInterval(
        Wasserstein.sliced(sets.samples(), sets.held(), directions, 1));
  }

  private static Points directions(int width) {
    RandomStream random = RandomStream.root(0).child("directions");
    double[] data = new double[DIRECTIONS * width];
    for (int r = 0; r < DIRECTIONS; r++) {
      double squares = 0;
      for (int c = 0; c < width; c++) {
        double x = random.nextGaussian();
        data[r * width + c] = x;
        squares += x * x;
      }
      for (int c = 0; c < width; c++) {
        data[r * width + c] /= Math.sqrt(squares);
      }
    }
    return new Points(DIRECTIONS, width, data);
  }

  @Override
  protected String settings() {
    return "|p:1|directions:" + DIRECTIONS;
  }
}
