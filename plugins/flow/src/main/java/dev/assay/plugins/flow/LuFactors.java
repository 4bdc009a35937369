package dev.assay.plugins.flow;

import java.util.Arrays;

/**
 * W = P L (U + diag(s)) by Gaussian elimination with partial pivoting.
 *
 * @param permutation P, row-major
 * @param lower L without its unit diagonal, row-major
 * @param upper U, row-major, zero on its diagonal
 * @param sign of s
 * @param logScale ln |s|
 */
record LuFactors(
    float[] permutation, float[] lower, float[] upper, float[] sign, float[] logScale) {
  /**
   * @param matrix square and regular
   */
  static LuFactors of(double[][] matrix) {
    int n = matrix.length;
    double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    int[] row = new int[n];
    Arrays.setAll(row, i -> i);
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      swap(a, row, k, pivot);
      for (int i = k + 1; i < n; i++) {
        a[i][k] /= a[k][k];
        for (int j = k + 1; j < n; j++) {
          a[i][j] -= a[i][k] * a[k][j];
        }
      }
    }
    return of(a, row);
  }

  private static void swap(double[][] a, int[] row, int i, int j) {
    double[] values = a[i];
    a[i] = a[j];
    a[j] = values;
    int index = row[i];
    row[i] = row[j];
    row[j] = index;
  }

  private static LuFactors of(double[][] a, int[] row) {
    int n = row.length;
    float[] permutation = new float[n * n];
    float[] lower = new float[n * n];
    float[] upper = new float[n * n];
    float[] sign = new float[n];
    float[] logScale = new float[n];
    for (int i = 0; i < n; i++) {
      permutation[row[i] * n + i] = 1;
      sign[i] = (float) Math.signum(a[i][i]);
      logScale[i] = (float) Math.log(Math.abs(a[i][i]));
      for (int j = 0; j < n; j++) {
        lower[i * n + j] = j < i ? (float) a[i][j] : 0;
        upper[i * n + j] = j > i ? (float) a[i][j] : 0;
      }
    }
    return new LuFactors(permutation, lower, upper, sign, logScale);
  }
}
