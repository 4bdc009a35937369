package dev.assay.metrics.reference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * A Gaussian density.
 *
 * @param mean [d]
 * @param root L [d, d], lower triangular, with LLᵀ the covariance
 */
record Normal(double[] mean, DMatrixRMaj root) {
  /**
   * @throws IllegalArgumentException if the covariance is not positive definite
   */
  static Normal of(double[] mean, double[][] covariance) {
    var cholesky = DecompositionFactory_DDRM.chol(mean.length, true);
    if (!cholesky.decompose(new DMatrixRMaj(covariance))) {
      throw new IllegalArgumentException("a covariance that is not positive definite");
    }
    return new Normal(mean, cholesky.getT(null));
  }

  /** −½ (d ln 2π + ln |S| + (x − μ)ᵀ S⁻¹ (x − μ)). */
  double logDensity(double[] x) {
    int d = mean.length;
    double[] white = new double[d];
    double sum = d * Math.log(2 * Math.PI);
    for (int i = 0; i < d; i++) {
      double rest = x[i] - mean[i];
      for (int j = 0; j < i; j++) {
        rest -= root.get(i, j) * white[j];
      }
      white[i] = rest / root.get(i, i);
      sum += white[i] * white[i] + 2 * Math.log(root.get(i, i));
    }
    return -sum / 2;
  }
}
