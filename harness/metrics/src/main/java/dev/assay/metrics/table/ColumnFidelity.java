package dev.assay.metrics.table;

import dev.assay.metrics.Points;
import dev.assay.metrics.distribution.KolmogorovSmirnov;
import dev.assay.metrics.distribution.Wasserstein;

/** Agreement of two tables of the same columns, column by column and pair by pair. */
public final class ColumnFidelity {
  private ColumnFidelity() {}

  /** 1-Wasserstein distance of each column, in its unit. */
  public static double[] wasserstein(Points real, Points synthetic) {
    double[] distances = new double[real.width()];
    for (int c = 0; c < distances.length; c++) {
      distances[c] = Wasserstein.line(column(real, c), column(synthetic, c), 1);
    }
    return distances;
  }

  /** Kolmogorov-Smirnov distance of each column. */
  public static double[] kolmogorovSmirnov(Points real, Points synthetic) {
    double[] distances = new double[real.width()];
    for (int c = 0; c < distances.length; c++) {
      distances[c] = KolmogorovSmirnov.distance(column(real, c), column(synthetic, c));
    }
    return distances;
  }

  /**
   * Mean absolute difference of Pearson's correlation over pairs of columns, 0 to 2; a constant
   * column is uncorrelated. NaN for one column.
   */
  public static double correlationGap(Points real, Points synthetic) {
    int d = real.width();
    double sum = 0;
    for (int a = 0; a < d; a++) {
      for (int b = a + 1; b < d; b++) {
        sum +=
            Math.abs(
                correlation(column(real, a), column(real, b))
                    - correlation(column(synthetic, a), column(synthetic, b)));
      }
    }
    return d < 2 ? Double.NaN : sum / (d * (d - 1) / 2.0);
  }

  /** Pearson's correlation; 0 where either is constant. */
  public static double correlation(double[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / x.length;
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  private static double[] column(Points points, int column) {
    double[] values = new double[points.rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = points.data()[i * points.width() + column];
    }
    return values;
  }
}
