package dev.assay.plugins.statistical.gmm;

/** Rows of equal length, as one array for a checkpoint. */
final class Rows {
  private Rows() {}

  /** One after another. */
  static double[] flat(double[][] rows) {
    int length = rows[0].length;
    double[] flat = new double[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * length, length);
    }
    return flat;
  }

  /** The reverse of {@link #flat}. */
  static void unflatten(double[] flat, double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * rows[i].length, rows[i], 0, rows[i].length);
    }
  }
}
