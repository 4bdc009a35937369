package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.Cholesky;
import dev.assay.plugins.statistical.linear.Lines;
import dev.assay.plugins.statistical.linear.Moments;
import dev.assay.plugins.statistical.linear.PointBlock;
import dev.assay.plugins.statistical.linear.Tiles;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/** Gaussians of any covariance, Σ = L Lᵀ. */
final class FullComponents implements Components {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final int count;
  private final int columns;
  private final double floor;
  private final double[][] means;
  private final double[][] covariances;
  private final Cholesky[] factors;

  /** Whether the data of the last M-step were many. */
  private boolean large;

  FullComponents(int count, int columns, double floor) {
    this.count = count;
    this.columns = columns;
    this.floor = floor;
    means = new double[count][columns];
    covariances = new double[count][columns * columns];
    factors = new Cholesky[count];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < columns; i++) {
        covariances[k][i * columns + i] = 1;
      }
    }
    factor();
  }

  /** Sets all parameters: means [count][columns], covariances [count][columns · columns]. */
  void set(double[][] means, double[][] covariances) {
    for (int k = 0; k < count; k++) {
      System.arraycopy(means[k], 0, this.means[k], 0, columns);
      System.arraycopy(covariances[k], 0, this.covariances[k], 0, columns * columns);
    }
    factor();
  }

  double[] mean(int component) {
    return means[component];
  }

  /** [columns, columns], symmetric. */
  double[] covariance(int component) {
    return covariances[component];
  }

  /** y = L⁻¹ (x − μ), four rows at a time: −½ |y|² and the constant. */
  @Override
  public void logDensities(int component, double[][] block, double[][] scratch, double[] out) {
    double[] lower = factors[component].lower();
    double[] mean = means[component];
    Arrays.fill(out, 0);
    int first = 0;
    for (; first + Lines.FOUR <= columns; first += Lines.FOUR) {
      for (int i = first; i < first + Lines.FOUR; i++) {
        Arrays.fill(scratch[i], 0);
      }
      addBefore(first, lower, scratch);
      whitenFour(block, mean, lower, first, scratch, out);
    }
    for (int i = first; i < columns; i++) {
      Arrays.fill(scratch[i], 0);
      for (int j = 0; j < i; j++) {
        Lines.add(scratch[i], scratch[j], lower[i * columns + j], PointBlock.WIDTH);
      }
      whiten(block[i], mean[i], 1 / lower[i * columns + i], scratch[i], out);
    }
    double constant = columns * LOG_TWO_PI + factors[component].logDeterminant();
    for (int b = 0; b < PointBlock.WIDTH; b++) {
      out[b] = -0.5 * (constant + out[b]);
    }
  }

  /** y[i] += Σ L[i, j] y[j] over j below {@code first}, for four rows i from there on. */
  private void addBefore(int first, double[] lower, double[][] y) {
    int at = first * columns;
    if (large) {
      Tiles.add(y, first, PointBlock.WIDTH, y, 0, first, lower, at, columns, 1);
    } else {
      for (int j = 0; j < first; j += Lines.FOUR) {
        Lines.addFour(y, first, y, j, lower, at + j, columns, PointBlock.WIDTH);
      }
    }
  }

  /** The rows from {@code first} on, whose y holds the terms of all rows before them. */
  private void whitenFour(
      double[][] block,
      double[] mean,
      double[] lower,
      int first,
      double[][] scratch,
      double[] squares) {
    double[] x0 = block[first];
    double[] x1 = block[first + 1];
    double[] x2 = block[first + 2];
    double[] x3 = block[first + 3];
    double[] y0 = scratch[first];
    double[] y1 = scratch[first + 1];
    double[] y2 = scratch[first + 2];
    double[] y3 = scratch[first + 3];
    int at1 = (first + 1) * columns + first;
    int at2 = at1 + columns;
    int at3 = at2 + columns;
    double a = lower[at1];
    double b0 = lower[at2];
    double b1 = lower[at2 + 1];
    double c0 = lower[at3];
    double c1 = lower[at3 + 1];
    double c2 = lower[at3 + 2];
    double i0 = 1 / lower[at1 - columns];
    double i1 = 1 / lower[at1 + 1];
    double i2 = 1 / lower[at2 + 2];
    double i3 = 1 / lower[at3 + 3];
    double m0 = mean[first];
    double m1 = mean[first + 1];
    double m2 = mean[first + 2];
    double m3 = mean[first + 3];
    for (int b = 0; b < PointBlock.WIDTH; b++) {
      double w0 = (x0[b] - m0 - y0[b]) * i0;
      double w1 = (x1[b] - m1 - Math.fma(a, w0, y1[b])) * i1;
      double w2 = (x2[b] - m2 - Math.fma(b1, w1, Math.fma(b0, w0, y2[b]))) * i2;
      double y = Math.fma(c2, w2, Math.fma(c1, w1, Math.fma(c0, w0, y3[b])));
      double w3 = (x3[b] - m3 - y) * i3;
      y0[b] = w0;
      y1[b] = w1;
      y2[b] = w2;
      y3[b] = w3;
      double sum = Math.fma(w1, w1, Math.fma(w0, w0, squares[b]));
      squares[b] = Math.fma(w3, w3, Math.fma(w2, w2, sum));
    }
  }

  /** y ← (x − μ − y) / L[i, i], and its squares are added to {@code squares}. */
  private static void whiten(
      double[] x, double mean, double inverse, double[] y, double[] squares) {
    for (int b = 0; b < PointBlock.WIDTH; b++) {
      double white = (x[b] - mean - y[b]) * inverse;
      y[b] = white;
      squares[b] = Math.fma(white, white, squares[b]);
    }
  }

  @Override
  public double[] maximise(float[] data, double[][] responsibilities, Workers workers) {
    large = Tiles.areFor((long) data.length * columns * count);
    double[] totals = new double[count];
    Moments[] moments = new Moments[count];
    workers.forEach(
        count,
        k -> {
          moments[k] = Moments.above(NEGLIGIBLE, data, responsibilities[k]);
          totals[k] = moments[k].mean(means[k]);
        });
    int tiles = Moments.tiles(columns);
    workers.forEach(
        count * tiles,
        task -> {
          int k = task / tiles;
          if (totals[k] > 0) {
            moments[k].scatter(means[k], task % tiles, totals[k], covariances[k], large);
          }
        });
    workers.forEach(
        count,
        k -> {
          if (totals[k] > 0) {
            Moments.mirror(covariances[k], columns);
            for (int i = 0; i < columns; i++) {
              covariances[k][i * columns + i] += floor;
            }
            factors[k] = Cholesky.of(covariances[k], columns);
          }
        });
    return totals;
  }

  @Override
  public double[] draw(int component, RandomStream random) {
    double[] z = new double[columns];
    Arrays.setAll(z, i -> random.nextGaussian());
    double[] x = factors[component].times(z);
    for (int i = 0; i < columns; i++) {
      x[i] += means[component][i];
    }
    return x;
  }

  @Override
  public long parameters() {
    return (long) count * columns * (columns + 3) / 2;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("means", Shape.of(count, columns), Rows.flat(means));
    store.putDoubles("covariances", Shape.of(count, columns, columns), Rows.flat(covariances));
  }

  @Override
  public void restore(StateStore store) {
    Rows.unflatten(store.doubles("means", Shape.of(count, columns)), means);
    Rows.unflatten(store.doubles("covariances", Shape.of(count, columns, columns)), covariances);
    factor();
  }

  private void factor() {
    Arrays.setAll(factors, k -> Cholesky.of(covariances[k], columns));
  }
}
