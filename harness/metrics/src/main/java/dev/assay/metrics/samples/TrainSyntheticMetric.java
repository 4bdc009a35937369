package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Points;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.table.Classifiers;
import dev.assay.spi.Metric;
import dev.assay.tensor.RandomStream;

/**
 * Train on synthetic, test on real: accuracy of telling from the other columns whether a column is
 * above its training mean, by the nearest sample, over that by the nearest training row. Mean over
 * the first columns; needs two.
 */
@AutoService(Metric.class)
public final class TrainSyntheticMetric extends TableMetric {
  private static final int COLUMNS = 8;

  public TrainSyntheticMetric() {
    super(
        "tstr",
        new Info(
            "Train on synthetic, test on real, over train on real",
            "1",
            Direction.HIGHER,
            0,
            Double.POSITIVE_INFINITY,
            20,
            "Esteban et al. 2017, Real-valued medical time series generation"));
  }

  /** Equally many rows to train on. */
  @Override
  protected Sets compared(Sets sets) {
    int count = Math.min(sets.samples().rows(), sets.train().rows());
    return new Sets(sets.samples().first(count), sets.train().first(count), sets.held());
  }

  @Override
  protected Statistics.Mean value(Sets sets, RandomStream random) {
    int columns = sets.held().width();
    double synthetic = 0;
    double real = 0;
    for (int c = 0; c < Math.min(columns, COLUMNS); c++) {
      synthetic += accuracy(sets.samples(), sets.held(), c);
      real += accuracy(sets.train(), sets.held(), c);
    }
    double ratio = columns < 2 || real == 0 ? Double.NaN : synthetic / real;
    return Statistics.Mean.withoutInterval(ratio);
  }

  private static double accuracy(Points train, Points test, int column) {
    return Classifiers.nearestNeighbour(
        without(train, column), above(train, column), without(test, column), above(test, column));
  }

  /** 1 above the training mean, which standardising has moved to 0. */
  private static int[] above(Points points, int column) {
    int[] above = new int[points.rows()];
    for (int i = 0; i < above.length; i++) {
      above[i] = points.data()[i * points.width() + column] > 0 ? 1 : 0;
    }
    return above;
  }

  private static Points without(Points points, int column) {
    double[] data = points.data().clone();
    for (int i = 0; i < points.rows(); i++) {
      data[i * points.width() + column] = 0;
    }
    return new Points(points.rows(), points.width(), data);
  }

  @Override
  protected String settings() {
    return "|classifier:1-nn|target:above-mean|columns:" + COLUMNS;
  }
}
