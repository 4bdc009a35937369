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
  /** Rows of a covariance summed by one task. */
  private static final int TILE = 64;

  /** Points that are summed at a time. */
  private static final int POINTS = 64;

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
    workers.forEach(tiles(mean.length), tile -> scatter(mean, tile, total, out, false));
    mirror(out, mean.length);
  }

  /**
   * Σ w (x − μ)(x − μ)ᵀ / {@code total}: one tile of rows of the lower triangle.
   *
   * @param out [columns, columns]
   * @param large whether to sum by {@link Tiles}; the bits are the same
   */
  public void scatter(double[] mean, int tile, double total, double[] out, boolean large) {
    int columns = mean.length;
    int from = tile * TILE;
    int to = Math.min(from + TILE, columns);
    int rows = fours(to - from);
    int width = large ? Tiles.whole(to) : fours(to);
    double[][] sums = new double[rows][width];
    double[][] centred = new double[POINTS][width];
    double[] scales = new double[rows * POINTS];
    for (int first = 0; first < members.length; first += POINTS) {
      int count = Math.min(POINTS, members.length - first);
      for (int p = 0; p < fours(count); p++) {
        boolean inside = p < count;
        int point = members[inside ? first + p : first];
        centre(point, mean, to, centred[p]);
        double weight = inside ? weights[point] : 0;
        for (int i = from; i < to; i++) {
          scales[(i - from) * POINTS + p] = weight * centred[p][i];
        }
      }
      for (int i = 0; i < rows; i += Lines.FOUR) {
        int wide = Math.min(from + i + Lines.FOUR, width);
        if (large) {
          Tiles.add(sums, i, wide, centred, 0, count, scales, i * POINTS, POINTS, 1);
        } else {
          for (int p = 0; p < count; p += Lines.FOUR) {
            Lines.addFour(sums, i, centred, p, scales, i * POINTS + p, POINTS, wide);
          }
        }
      }
    }
    for (int i = from; i < to; i++) {
      for (int j = 0; j <= i; j++) {
        out[i * columns + j] = sums[i - from][j] / total;
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

  private void centre(int point, double[] mean, int to, double[] centred) {
    int row = point * mean.length;
    for (int j = 0; j < to; j++) {
      centred[j] = data[row + j] - mean[j];
    }
  }

  private static int fours(int count) {
    return (count + Lines.FOUR - 1) / Lines.FOUR * Lines.FOUR;
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
