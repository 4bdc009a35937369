package dev.assay.plugins.statistical.linear;

/**
 * A = L Lᵀ of a symmetric positive definite matrix, L lower triangular.
 *
 * @param n order
 * @param lower L [n, n], row-major; zero above the diagonal
 */
public record Cholesky(int n, double[] lower) {
  /**
   * Factors a matrix.
   *
   * @param matrix [n, n], row-major; only the lower triangle is read
   * @throws ArithmeticException if it is not positive definite
   */
  public static Cholesky of(double[] matrix, int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix, i * n, a, i * n, i + 1);
    }
    double[] column = new double[n];
    for (int j = 0; j < n; j++) {
      double pivot = a[j * n + j];
      if (!(pivot > 0)) {
        throw new ArithmeticException(
            "matrix of order " + n + " is not positive definite: pivot " + j + " is " + pivot);
      }
      double diagonal = Math.sqrt(pivot);
      a[j * n + j] = diagonal;
      for (int i = j + 1; i < n; i++) {
        column[i] = a[i * n + j] / diagonal;
        a[i * n + j] = column[i];
      }
      for (int i = j + 1; i < n; i++) {
        subtract(a, i * n, column, j + 1, i + 1, column[i]);
      }
    }
    return new Cholesky(n, a);
  }

  /** a[from + k] −= scale · column[k], in the form that the compiler turns into vector code. */
  private static void subtract(
      double[] a, int row, double[] column, int from, int to, double scale) {
    for (int k = from; k < to; k++) {
      a[row + k] -= scale * column[k];
    }
  }

  /** ln det A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(lower[i * n + i]);
    }
    return 2 * sum;
  }

  /** L z for z [n]. */
  public double[] times(double[] z) {
    double[] product = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += lower[i * n + j] * z[j];
      }
      product[i] = sum;
    }
    return product;
  }

  /** L⁻¹ b for b [n]. */
  public double[] whiten(double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        x[i] -= lower[i * n + j] * x[j];
      }
      x[i] /= lower[i * n + i];
    }
    return x;
  }

  /** A⁻¹ b for b [n]. */
  public double[] solve(double[] b) {
    double[] x = whiten(b);
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= lower[j * n + i] * x[j];
      }
      x[i] /= lower[i * n + i];
    }
    return x;
  }
}
