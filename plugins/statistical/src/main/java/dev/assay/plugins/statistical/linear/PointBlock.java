package dev.assay.plugins.statistical.linear;

/** Points turned column by column, so that loops over neighbouring points become vector code. */
public final class PointBlock {
  /** Points of a block; one with fewer is filled up with zeros. */
  public static final int WIDTH = 128;

  private PointBlock() {}

  /**
   * Copies points {@code from} to {@code to} (exclusive) of data [n, columns] into block [columns,
   * WIDTH].
   */
  public static void load(float[] data, int columns, int from, int to, double[] block) {
    for (int column = 0; column < columns; column++) {
      int row = column * WIDTH;
      for (int point = from; point < to; point++) {
        block[row + point - from] = data[point * columns + column];
      }
      for (int rest = to - from; rest < WIDTH; rest++) {
        block[row + rest] = 0;
      }
    }
  }

  /** y[point] −= scale · x[point], for one column of each block. */
  public static void subtract(double[] y, int yColumn, double[] x, int xColumn, double scale) {
    int yRow = yColumn * WIDTH;
    int xRow = xColumn * WIDTH;
    for (int b = 0; b < WIDTH; b++) {
      y[yRow + b] -= scale * x[xRow + b];
    }
  }

  /** y[i] −= Σ of scales[at + j] · y[column + j], j = 0 … 3: one column less four others. */
  public static void subtractFour(double[] y, int i, int column, double[] scales, int at) {
    int row = i * WIDTH;
    int a = column * WIDTH;
    int b = a + WIDTH;
    int c = b + WIDTH;
    int d = c + WIDTH;
    double p = scales[at];
    double q = scales[at + 1];
    double r = scales[at + 2];
    double s = scales[at + 3];
    for (int k = 0; k < WIDTH; k++) {
      y[row + k] -= (p * y[a + k] + q * y[b + k]) + (r * y[c + k] + s * y[d + k]);
    }
  }
}
