package dev.assay.plugins.flow;

import dev.assay.tensor.RandomStream;

/** Square matrices that layers begin with. */
final class Matrices {
  private Matrices() {}

  static double[][] identity(int n) {
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 1;
    }
    return matrix;
  }

  /** Uniform over the orthogonal matrices: Gram-Schmidt on rows of normals. */
  static double[][] rotation(int n, RandomStream random) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = random.nextGaussian();
      }
      for (int k = 0; k < i; k++) {
        double along = dot(rows[i], rows[k]);
        for (int j = 0; j < n; j++) {
          rows[i][j] -= along * rows[k][j];
        }
      }
      double length = Math.sqrt(dot(rows[i], rows[i]));
      for (int j = 0; j < n; j++) {
        rows[i][j] /= length;
      }
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
