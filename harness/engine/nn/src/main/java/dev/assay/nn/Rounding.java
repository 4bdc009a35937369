package dev.assay.nn;

/**
 * Numbers as multiples k s of a step s with whole k, |k| ≤ 2^(bits − 1) − 1, whose step is such
 * that the largest of a group is at the end of the range. Dettmers et al. 2022, eq. 1, by vectors.
 */
public final class Rounding {
  private Rounding() {}

  /**
   * Rounds a matrix in place, with a step for each column, that is each output of a layer, or for
   * each row, that is each vector of a table.
   *
   * @param columns of the matrix
   * @param rows whether groups are rows
   * @param bits at least 2
   */
  public static void apply(float[] matrix, int columns, boolean rows, int bits) {
    int top = (1 << (bits - 1)) - 1;
    float[] largest = new float[rows ? matrix.length / columns : columns];
    for (int i = 0; i < matrix.length; i++) {
      int group = rows ? i / columns : i % columns;
      largest[group] = Math.max(largest[group], Math.abs(matrix[i]));
    }
    for (int i = 0; i < matrix.length; i++) {
      float step = largest[rows ? i / columns : i % columns] / top;
      matrix[i] = step == 0 ? 0 : Math.round(matrix[i] / step) * step;
    }
  }
}
