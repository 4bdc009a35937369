package dev.assay.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Squared Euclidean distances between all pairs of two sets of points, in memory for a few rows.
 * They are sums of squared differences, so equal points are at distance exactly 0 and |x − y| is |y
 * − x| to the bit.
 */
public final class Distances {
  /** Points of x that one thread takes at a time; even. */
  private static final int BLOCK = 32;

  /** Coordinates of a tile that stay in the nearest cache while a block passes; even. */
  private static final int CHUNK = 16;

  /** Blocks that threads share out; each is computed alone, so that no bit depends on threads. */
  private static final int PARALLEL = 8;

  /** Points of y in a tile. */
  private static final int TILE = 256;

  private static final double[] ZERO = new double[TILE];

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
    double[][][] tiles = tiles(y);
    double[][][] blocks = new double[PARALLEL][BLOCK][tiles.length * TILE];
    double[] shown = new double[y.rows()];
    for (int first = 0; first < x.rows(); first += PARALLEL * BLOCK) {
      int start = first;
      IntStream.range(0, PARALLEL)
          .parallel()
          .forEach(b -> block(x, start + b * BLOCK, tiles, aboveOnly, blocks[b]));
      int count = Math.min(PARALLEL * BLOCK, x.rows() - first);
      for (int i = 0; i < count; i++) {
        System.arraycopy(blocks[i / BLOCK][i % BLOCK], 0, shown, 0, shown.length);
        row.accept(first + i, shown);
      }
    }
  }

  /** Points first, first + 1, … of x to all points of y, or to those that may lie behind them. */
  private static void block(
      Points x, int first, double[][][] tiles, boolean aboveOnly, double[][] out) {
    int count = Math.min(BLOCK, x.rows() - first);
    double[][] sums = new double[BLOCK][TILE];
    for (int t = aboveOnly ? first / TILE : 0; t < tiles.length; t++) {
      for (int b = 0; b < count; b++) {
        Arrays.fill(sums[b], 0);
      }
      for (int c = 0; c < x.width(); c += CHUNK) {
        int end = Math.min(c + CHUNK, x.width());
        for (int b = 0; b < count; b += 2) {
          int second = Math.min(b + 1, count - 1);
          pair(x, first + b, first + second, tiles[t], c, end, sums[b], sums[b + 1]);
        }
      }
      for (int b = 0; b < count; b++) {
        System.arraycopy(sums[b], 0, out[b], t * TILE, TILE);
      }
    }
  }

  /** Two points of x to the points of a tile, two coordinates at a time, from one to another. */
  private static void pair(
      Points x, int i, int i2, double[][] tile, int from, int to, double[] sums, double[] sums2) {
    double[] data = x.data();
    int at = i * x.width();
    int at2 = i2 * x.width();
    int c = from;
    for (; c + 2 <= to; c += 2) {
      double a = data[at + c];
      double b = data[at + c + 1];
      double a2 = data[at2 + c];
      double b2 = data[at2 + c + 1];
      add(tile[c], tile[c + 1], a, b, a2, b2, sums, sums2);
    }
    if (c < to) {
      add(tile[c], ZERO, data[at + c], 0, data[at2 + c], 0, sums, sums2);
    }
  }

  /**
   * Adds the squares of two coordinates. All arrays are read and written at the same index, and
   * little is done in one turn, as the compiler turns such a loop into vectors.
   */
  private static void add(
      double[] ya,
      double[] yb,
      double a,
      double b,
      double a2,
      double b2,
      double[] sums,
      double[] sums2) {
    for (int j = 0; j < TILE; j++) {
      double d = a - ya[j];
      double e = b - yb[j];
      double d2 = a2 - ya[j];
      double e2 = b2 - yb[j];
      sums[j] += d * d + e * e;
      sums2[j] += d2 * d2 + e2 * e2;
    }
  }

  /** Points of y, {@link #TILE} to a tile: [tile][coordinate][point]; the last filled with 0. */
  private static double[][][] tiles(Points y) {
    double[][][] tiles = new double[(y.rows() + TILE - 1) / TILE][y.width()][TILE];
    for (int j = 0; j < y.rows(); j++) {
      double[][] tile = tiles[j / TILE];
      for (int c = 0; c < y.width(); c++) {
        tile[c][j % TILE] = y.data()[j * y.width() + c];
      }
    }
    return tiles;
  }
}
