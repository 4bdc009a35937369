package dev.assay.plugins.statistical.linear;

import dev.assay.plugins.statistical.Workers;
import java.util.Arrays;

/**
 * Means and covariances of weighted points, summed in the order of the points.
 *
 * @param data points [n, columns]
 * @param members points that count
 * @param weights by point, at least 0
 */
public record Moments(float[] data, int[] members, double[] weights) {
  /** Points whose products are added at once, to load and store each sum less often. */
  private static final int POINTS = 8;

  /** Rows of a covariance summed by one task. */
  private static final int TILE = 16;

  /** Of the points whose weight is above {@code negligible}. */
  public static Moments above(double negligible, float[] data, double[] weights) {
    int[] members = new int[weights.length];
    int count = 0;
    for (int point = 0; point < weights.length; point++) {
      if (weights[point] > negligible) {
        members[count++] = point;
      }
    }
    return new Moments(data, Arrays.copyOf(members, count), weights);
  }

  /** Of all points, equally. */
  public static Moments of(float[] data, int columns) {
    double[] ones = new double[data.length / columns];
    Arrays.fill(ones, 1);
    return above(0, data, ones);
  }

  /** Tasks that {@link #scatter} of so many columns is cut into. */
  public static int tiles(int columns) {
    return (columns + TILE - 1) / TILE;
  }

  /**
   * Σ w x / Σ w into {@code mean} [columns], which stays as it is if there is no member.
   *
   * @return Σ w
   */
  public double mean(double[] mean) {
    int columns = mean.length;
    double[] sums = new double[columns];
    double total = 0;
    for (int point : members) {
      double w = weights[point];
      total += w;
      int row = point * columns;
      for (int i = 0; i < columns; i++) {
        sums[i] += w * data[row + i];
      }
    }
    if (total > 0) {
      for (int i = 0; i < columns; i++) {
        mean[i] = sums[i] / total;
      }
    }
    return total;
  }

  /**
   * Σ w (x − μ)(x − μ)ᵀ / {@code total}, both triangles.
   *
   * @param out [columns, columns]
   */
  public void covariance(double[] mean, double total, double[] out, Workers workers) {
    workers.forEach(tiles(mean.length), tile -> scatter(mean, tile, total, out));
    mirror(out, mean.length);
  }

  /**
   * Σ w (x − μ)(x − μ)ᵀ / {@code total}: one tile of rows of the lower triangle.
   *
   * @param out [columns, columns]
   */
  public void scatter(double[] mean, int tile, double total, double[] out) {
    int columns = mean.length;
    int from = tile * TILE;
    int to = Math.min(from + TILE, columns);
    Arrays.fill(out, from * columns, to * columns, 0);
    double[] centred = new double[POINTS * columns];
    double[] ofPoint = new double[POINTS];
    for (int first = 0; first < members.length; first += POINTS) {
      for (int p = 0; p < POINTS; p++) {
        boolean inside = first + p < members.length;
        int point = inside ? members[first + p] : members[first];
        ofPoint[p] = inside ? weights[point] : 0;
        centre(point, mean, to, centred, p * columns);
      }
      for (int i = from; i < to; i++) {
        addProducts(centred, ofPoint, columns, i, out);
      }
    }
    for (int i = from; i < to; i++) {
      for (int j = 0; j <= i; j++) {
        out[i * columns + j] /= total;
      }
    }
  }

  /** Copies the lower triangle of [n, n] to the upper. */
  public static void mirror(double[] matrix, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        matrix[j * n + i] = matrix[i * n + j];
      }
    }
  }

  private void centre(int point, double[] mean, int to, double[] centred, int at) {
    int row = point * mean.length;
    for (int j = 0; j < to; j++) {
      centred[at + j] = data[row + j] - mean[j];
    }
  }

  /** out[i, j] += Σ of w x[i] x[j] over the points, for j ≤ i. */
  private static void addProducts(double[] x, double[] weights, int columns, int i, double[] out) {
    int p1 = columns;
    int p2 = 2 * columns;
    int p3 = 3 * columns;
    int p4 = 4 * columns;
    int p5 = 5 * columns;
    int p6 = 6 * columns;
    int p7 = 7 * columns;
    double a0 = weights[0] * x[i];
    double a1 = weights[1] * x[p1 + i];
    double a2 = weights[2] * x[p2 + i];
    double a3 = weights[3] * x[p3 + i];
    double a4 = weights[4] * x[p4 + i];
    double a5 = weights[5] * x[p5 + i];
    double a6 = weights[6] * x[p6 + i];
    double a7 = weights[7] * x[p7 + i];
    int row = i * columns;
    for (int j = 0; j <= i; j++) {
      out[row + j] +=
          ((a0 * x[j] + a1 * x[p1 + j]) + (a2 * x[p2 + j] + a3 * x[p3 + j]))
              + ((a4 * x[p4 + j] + a5 * x[p5 + j]) + (a6 * x[p6 + j] + a7 * x[p7 + j]));
    }
  }

  /** Σ w (x − μ)² / {@code total} of each column, into {@code out} [columns]. */
  public void variances(double[] mean, double total, double[] out) {
    int columns = mean.length;
    Arrays.fill(out, 0);
    for (int point : members) {
      double w = weights[point];
      int row = point * columns;
      for (int i = 0; i < columns; i++) {
        double centred = data[row + i] - mean[i];
        out[i] += w * centred * centred;
      }
    }
    for (int i = 0; i < columns; i++) {
      out[i] /= total;
    }
  }
}
