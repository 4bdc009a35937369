package dev.assay.plugins.statistical.linear;

import java.util.Arrays;

/**
 * Points turned column by column, so that loops over neighbouring points become vector code. Each
 * column is an array of its own: the compiler does so only if it knows that what is written is not
 * what is read, which it cannot tell of two places in one array.
 */
public final class PointBlock {
  /** Points of a block; one with fewer is filled up with zeros. */
  public static final int WIDTH = 128;

  private PointBlock() {}

  /** An empty block, [columns][WIDTH]. */
  public static double[][] of(int columns) {
    return new double[columns][WIDTH];
  }

  /**
   * Copies points {@code from} to {@code to} (exclusive) of data [n, columns] into block [columns]
   * [WIDTH].
   */
  public static void load(float[] data, int columns, int from, int to, double[][] block) {
    for (int column = 0; column < columns; column++) {
      double[] line = block[column];
      for (int point = from; point < to; point++) {
        line[point - from] = data[point * columns + column];
      }
      Arrays.fill(line, to - from, WIDTH, 0);
    }
  }
}
