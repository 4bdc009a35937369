package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.Moments;
import dev.assay.plugins.statistical.linear.PointBlock;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/** Gaussians whose columns are independent. */
final class DiagonalComponents implements Components {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final int count;
  private final int columns;
  private final double floor;
  private final double[][] means;
  private final double[][] variances;

  DiagonalComponents(int count, int columns, double floor) {
    this.count = count;
    this.columns = columns;
    this.floor = floor;
    means = new double[count][columns];
    variances = new double[count][columns];
    for (double[] variance : variances) {
      Arrays.fill(variance, 1);
    }
  }

  /** Sets all parameters, each [count][columns]. */
  void set(double[][] means, double[][] variances) {
    for (int k = 0; k < count; k++) {
      System.arraycopy(means[k], 0, this.means[k], 0, columns);
      System.arraycopy(variances[k], 0, this.variances[k], 0, columns);
    }
  }

  @Override
  public void logDensities(int component, double[][] block, double[][] scratch, double[] out) {
    Arrays.fill(out, 0);
    double constant = columns * LOG_TWO_PI;
    for (int i = 0; i < columns; i++) {
      double mean = means[component][i];
      double inverse = 1 / variances[component][i];
      constant += Math.log(variances[component][i]);
      double[] line = block[i];
      for (int b = 0; b < PointBlock.WIDTH; b++) {
        double centred = line[b] - mean;
        out[b] += centred * centred * inverse;
      }
    }
    for (int b = 0; b < PointBlock.WIDTH; b++) {
      out[b] = -0.5 * (constant + out[b]);
    }
  }

  @Override
  public double[] maximise(float[] data, double[][] responsibilities, Workers workers) {
    double[] totals = new double[count];
    workers.forEach(
        count,
        k -> {
          Moments moments = Moments.above(NEGLIGIBLE, data, responsibilities[k]);
          totals[k] = moments.mean(means[k]);
          if (totals[k] > 0) {
            moments.variances(means[k], totals[k], variances[k]);
            for (int i = 0; i < columns; i++) {
              variances[k][i] += floor;
            }
          }
        });
    return totals;
  }

  @Override
  public double[] draw(int component, RandomStream random) {
    double[] x = new double[columns];
    for (int i = 0; i < columns; i++) {
      double deviation = Math.sqrt(variances[component][i]);
      x[i] = means[component][i] + deviation * random.nextGaussian();
    }
    return x;
  }

  @Override
  public long parameters() {
    return 2L * count * columns;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("means", Shape.of(count, columns), Rows.flat(means));
    store.putDoubles("variances", Shape.of(count, columns), Rows.flat(variances));
  }

  @Override
  public void restore(StateStore store) {
    Rows.unflatten(store.doubles("means", Shape.of(count, columns)), means);
    Rows.unflatten(store.doubles("variances", Shape.of(count, columns)), variances);
  }
}
