package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.Cholesky;
import dev.assay.plugins.statistical.linear.Lines;
import dev.assay.plugins.statistical.linear.Moments;
import dev.assay.plugins.statistical.linear.PointBlock;
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
    for (int first = 0; first < columns; first += Lines.FOUR) {
      int end = Math.min(first + Lines.FOUR, columns);
      for (int i = first; i < end; i++) {
        Arrays.fill(scratch[i], 0);
      }
      for (int j = 0; j < first; j += Lines.FOUR) {
        if (end - first == Lines.FOUR) {
          Lines.addFour(
              scratch, first, scratch, j, lower, first * columns + j, columns, PointBlock.WIDTH);
        } else {
          for (int i = first; i < end; i++) {
            addAll(scratch, j, j + Lines.FOUR, lower, i);
          }
        }
      }
      for (int i = first; i < end; i++) {
        addAll(scratch, first, i, lower, i);
        whiten(block[i], mean[i], 1 / lower[i * columns + i], scratch[i], out);
      }
    }
    double constant = columns * LOG_TWO_PI + factors[component].logDeterminant();
    for (int b = 0; b < PointBlock.WIDTH; b++) {
      out[b] = -0.5 * (constant + out[b]);
    }
  }

  /** y[i] += Σ L[i, j] y[j], j from {@code from} to {@code to} (exclusive). */
  private void addAll(double[][] y, int from, int to, double[] lower, int i) {
    for (int j = from; j < to; j++) {
      Lines.add(y[i], y[j], lower[i * columns + j], PointBlock.WIDTH);
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
            moments[k].scatter(means[k], task % tiles, totals[k], covariances[k]);
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
