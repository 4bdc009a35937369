package dev.assay.plugins.statistical.linear;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then implicit
 * QR steps with Wilkinson's shift. Golub and Van Loan, Matrix Computations, algorithms 8.3.1 to
 * 8.3.3. Takes about 10 n³ operations.
 *
 * @param values descending
 * @param vectors row i [n] is the unit eigenvector of value i
 */
public record SymmetricEigen(double[] values, double[][] vectors) {
  private static final double EPSILON = Math.ulp(1.0);
  private static final int STEPS_PER_VALUE = 60;

  /**
   * Decomposes a matrix.
   *
   * @param matrix [n, n], row-major, both triangles
   * @throws ArithmeticException if it holds NaN or infinity
   */
  public static SymmetricEigen of(double[] matrix, int n) {
    double[][] a = new double[n][n];
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix, i * n, a[i], 0, n);
      rows[i][i] = 1;
    }
    double[] diagonal = new double[n];
    double[] beside = new double[n];
    tridiagonalise(a, diagonal, beside, rows);
    diagonalise(diagonal, beside, rows);
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -diagonal[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = diagonal[order[i]];
      vectors[i] = rows[order[i]];
    }
    return new SymmetricEigen(values, vectors);
  }

  /** A = Qᵀ T Q: T into diagonal and subdiagonal, Q into rows. A is overwritten. */
  private static void tridiagonalise(
      double[][] a, double[] diagonal, double[] beside, double[][] rows) {
    int n = a.length;
    for (int k = 0; k + 1 < n; k++) {
      double squares = 0;
      double[] v = new double[n];
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i][k];
        squares += v[i] * v[i];
      }
      beside[k] = -Math.copySign(Math.sqrt(squares), v[k + 1]);
      if (squares > v[k + 1] * v[k + 1]) {
        v[k + 1] -= beside[k];
        double beta = 2 / (squares - square(a[k + 1][k]) + square(v[k + 1]));
        reflect(a, v, beta, k + 1);
        reflectRows(rows, v, beta, k + 1);
      } else {
        beside[k] = v[k + 1];
      }
    }
    for (int i = 0; i < n; i++) {
      diagonal[i] = a[i][i];
    }
  }

  /** H A H of the block from {@code from}, H = I − β v vᵀ. */
  private static void reflect(double[][] a, double[] v, double beta, int from) {
    int n = a.length;
    double[] w = new double[n];
    for (int i = from; i < n; i++) {
      add(w, a[i], beta * v[i], from);
    }
    double product = 0;
    for (int i = from; i < n; i++) {
      product += w[i] * v[i];
    }
    add(w, v, -beta * product / 2, from);
    for (int i = from; i < n; i++) {
      subtractTwo(a[i], w, v[i], v, w[i], from);
    }
  }

  /** H Q, H = I − β v vᵀ. */
  private static void reflectRows(double[][] rows, double[] v, double beta, int from) {
    double[] sum = new double[rows.length];
    for (int i = from; i < rows.length; i++) {
      add(sum, rows[i], v[i], 0);
    }
    for (int i = from; i < rows.length; i++) {
      add(rows[i], sum, -beta * v[i], 0);
    }
  }

  private static void diagonalise(double[] diagonal, double[] beside, double[][] rows) {
    int last = diagonal.length - 1;
    int steps = STEPS_PER_VALUE * diagonal.length;
    while (last > 0) {
      if (negligible(diagonal, beside, last - 1)) {
        last--;
        continue;
      }
      int first = last - 1;
      while (first > 0 && !negligible(diagonal, beside, first - 1)) {
        first--;
      }
      if (steps-- == 0) {
        throw new ArithmeticException("eigenvalues do not converge: the matrix is not finite");
      }
      step(diagonal, beside, first, last, rows);
    }
  }

  /** One implicit QR step on the unreduced block {@code first} to {@code last}. */
  private static void step(
      double[] diagonal, double[] beside, int first, int last, double[][] rows) {
    double half = (diagonal[last - 1] - diagonal[last]) / 2;
    double corner = beside[last - 1];
    double root = Math.copySign(Math.hypot(half, corner), half);
    double x = diagonal[first] - diagonal[last] + corner * (corner / (half + root));
    double z = beside[first];
    for (int k = first; k < last; k++) {
      double r = Math.hypot(x, z);
      double c = x / r;
      double s = z / r;
      if (k > first) {
        beside[k - 1] = r;
      }
      double a = diagonal[k];
      double b = beside[k];
      double d = diagonal[k + 1];
      diagonal[k] = c * c * a + 2 * c * s * b + s * s * d;
      diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d;
      beside[k] = c * s * (d - a) + (c * c - s * s) * b;
      if (k + 1 < last) {
        x = beside[k];
        z = s * beside[k + 1];
        beside[k + 1] *= c;
      }
      rotate(rows[k], rows[k + 1], c, s);
    }
  }

  private static boolean negligible(double[] diagonal, double[] beside, int k) {
    double size = Math.abs(diagonal[k]) + Math.abs(diagonal[k + 1]);
    return Math.abs(beside[k]) <= EPSILON * size;
  }

  private static void rotate(double[] p, double[] q, double c, double s) {
    for (int i = 0; i < p.length; i++) {
      double old = p[i];
      p[i] = c * old + s * q[i];
      q[i] = c * q[i] - s * old;
    }
  }

  private static void add(double[] to, double[] from, double scale, int start) {
    for (int i = start; i < to.length; i++) {
      to[i] += scale * from[i];
    }
  }

  private static void subtractTwo(
      double[] to, double[] x, double scaleX, double[] y, double scaleY, int start) {
    for (int i = start; i < to.length; i++) {
      to[i] -= scaleX * x[i] + scaleY * y[i];
    }
  }

  private static double square(double x) {
    return x * x;
  }
}
