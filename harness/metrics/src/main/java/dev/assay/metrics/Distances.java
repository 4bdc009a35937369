package dev.assay.metrics;

import java.util.Arrays;

/**
 * Squared Euclidean distances between all pairs of two sets of points, in memory for a few rows.
 * They are sums of squared differences, so equal points are at distance exactly 0 and |x − y| is |y
 * − x| to the bit.
 */
public final class Distances {
  /** Rows of x that share a tile while it is in the cache. */
  private static final int BLOCK = 64;

  /** Points of y in a tile. */
  private static final int TILE = 64;

  private Distances() {}

  /** Receives the squared distances of one point of x to the points of y. */
  @FunctionalInterface
  public interface Row {
    /**
     * @param i index in x
     * @param squared distances to y, valid during the call
     */
    void accept(int i, double[] squared);
  }

  /**
   * Calls {@code row} for every point of x in order.
   *
   * @throws IllegalArgumentException if the points differ in width
   */
  public static void squared(Points x, Points y, Row row) {
    if (x.width() != y.width()) {
      throw new IllegalArgumentException(
          "points of " + x.width() + " coordinates against points of " + y.width());
    }
    walk(x, y, false, row);
  }

  /** As {@link #squared} of x with itself, but only entries j &gt; i of row i have a meaning. */
  public static void above(Points x, Row row) {
    walk(x, x, true, row);
  }

  /** Distance of each point of x to its nearest in y; infinite if y is empty. */
  public static double[] nearest(Points x, Points y) {
    double[] nearest = new double[x.rows()];
    squared(
        x,
        y,
        (i, d) -> nearest[i] = Math.sqrt(Arrays.stream(d).min().orElse(Double.POSITIVE_INFINITY)));
    return nearest;
  }

  private static void walk(Points x, Points y, boolean aboveOnly, Row row) {
    double[][] tiles = tiles(y);
    double[][] block = new double[BLOCK][y.rows()];
    for (int first = 0; first < x.rows(); first += BLOCK) {
      int count = Math.min(BLOCK, x.rows() - first);
      for (int t = aboveOnly ? first / TILE : 0; t < tiles.length; t++) {
        int from = t * TILE;
        int width = Math.min(TILE, y.rows() - from);
        for (int b = 0; b < count; b++) {
          line(x, first + b, tiles[t], width, block[b], from);
        }
      }
      for (int b = 0; b < count; b++) {
        row.accept(first + b, block[b]);
      }
    }
  }

  /** Point i of x to the points of a tile, four coordinates at a time. */
  private static void line(Points x, int i, double[] tile, int n, double[] out, int from) {
    double[] sums = new double[TILE];
    double[] data = x.data();
    int at = i * x.width();
    int c = 0;
    for (; c + 4 <= x.width(); c += 4) {
      double x0 = data[at + c];
      double x1 = data[at + c + 1];
      double x2 = data[at + c + 2];
      double x3 = data[at + c + 3];
      int base = c * TILE;
      for (int j = 0; j < TILE; j++) {
        double d0 = x0 - tile[base + j];
        double d1 = x1 - tile[base + TILE + j];
        double d2 = x2 - tile[base + 2 * TILE + j];
        double d3 = x3 - tile[base + 3 * TILE + j];
        sums[j] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
      }
    }
    for (; c < x.width(); c++) {
      double value = data[at + c];
      int base = c * TILE;
      for (int j = 0; j < TILE; j++) {
        double d = value - tile[base + j];
        sums[j] += d * d;
      }
    }
    System.arraycopy(sums, 0, out, from, n);
  }

  /**
   * Points of y, {@link #TILE} to an array, coordinate after coordinate; the last filled with 0.
   */
  private static double[][] tiles(Points y) {
    double[][] tiles = new double[(y.rows() + TILE - 1) / TILE][y.width() * TILE];
    for (int j = 0; j < y.rows(); j++) {
      double[] tile = tiles[j / TILE];
      for (int c = 0; c < y.width(); c++) {
        tile[c * TILE + j % TILE] = y.data()[j * y.width() + c];
      }
    }
    return tiles;
  }
}
