package dev.assay.plugins.statistical.copula;

import dev.assay.plugins.statistical.linear.Cholesky;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * The copula of normals with correlations R.
 *
 * @param matrix R [columns, columns]
 * @param factor of R
 */
record Correlation(double[] matrix, Cholesky factor) {
  static Correlation independent(int columns) {
    double[] identity = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      identity[i * columns + i] = 1;
    }
    return of(identity, columns);
  }

  static Correlation of(double[] matrix, int columns) {
    return new Correlation(matrix, Cholesky.of(matrix, columns));
  }

  /**
   * Of second moments [columns, columns], with a share of the identity; a column without spread is
   * independent.
   */
  static Correlation shrunk(double[] moments, int columns, double shrinkage) {
    double[] matrix = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        double scale = Math.sqrt(moments[i * columns + i] * moments[j * columns + j]);
        double shared = scale > 0 ? moments[i * columns + j] / scale : 0;
        matrix[i * columns + j] = i == j ? 1 : (1 - shrinkage) * shared;
      }
    }
    return of(matrix, columns);
  }

  int columns() {
    return factor.n();
  }

  /** −ln c = ½ (ln det R + zᵀ R⁻¹ z − zᵀ z), in nats: Song 2000, eq. 5. */
  double nats(double[] z) {
    double squares = factor.logDeterminant();
    for (double white : factor.whiten(z)) {
      squares += white * white;
    }
    for (double own : z) {
      squares -= own * own;
    }
    return 0.5 * squares;
  }

  /** z ~ N(0, R), [columns]. */
  double[] draw(RandomStream random) {
    double[] white = new double[columns()];
    Arrays.setAll(white, i -> random.nextGaussian());
    return factor.times(white);
  }

  /** R⁻¹ [columns, columns]. */
  double[] precision() {
    int columns = columns();
    double[] precision = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      double[] unit = new double[columns];
      unit[i] = 1;
      System.arraycopy(factor.solve(unit), 0, precision, i * columns, columns);
    }
    return precision;
  }

  long parameters() {
    return columns() * (columns() - 1L) / 2;
  }
}
