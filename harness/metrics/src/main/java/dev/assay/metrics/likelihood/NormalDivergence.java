package dev.assay.metrics.likelihood;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** KL(p‖q) of Gaussians in nats, in closed form. */
public final class NormalDivergence {
  private NormalDivergence() {}

  /** From a diagonal Gaussian to the standard one: ½ Σ (exp v + m² − 1 − v). */
  public static double toStandard(double[] mean, double[] logVariance) {
    return diagonal(mean, logVariance, new double[mean.length], new double[mean.length]);
  }

  /** Between diagonal Gaussians. */
  public static double diagonal(double[] m1, double[] logV1, double[] m2, double[] logV2) {
    double sum = 0;
    for (int c = 0; c < m1.length; c++) {
      double shift = m1[c] - m2[c];
      sum +=
          Math.exp(logV1[c] - logV2[c])
              + shift * shift * Math.exp(-logV2[c])
              - 1
              + logV2[c]
              - logV1[c];
    }
    return sum / 2;
  }

  /**
   * ½ (tr S₂⁻¹S₁ + (m₂ − m₁)ᵀ S₂⁻¹ (m₂ − m₁) − d + ln |S₂| / |S₁|).
   *
   * @throws IllegalArgumentException if a covariance is singular
   */
  public static double full(double[] m1, double[][] s1, double[] m2, double[][] s2) {
    int d = m1.length;
    DMatrixRMaj first = new DMatrixRMaj(s1);
    DMatrixRMaj second = new DMatrixRMaj(s2);
    double ratio = CommonOps_DDRM.det(second) / CommonOps_DDRM.det(first);
    DMatrixRMaj solved = new DMatrixRMaj(d, d);
    DMatrixRMaj shift = new DMatrixRMaj(d, 1);
    DMatrixRMaj pulled = new DMatrixRMaj(d, 1);
    for (int c = 0; c < d; c++) {
      shift.set(c, 0, m2[c] - m1[c]);
    }
    if (!(ratio > 0)
        || !CommonOps_DDRM.solve(second, first, solved)
        || !CommonOps_DDRM.solve(second, shift, pulled)) {
      throw new IllegalArgumentException("a singular covariance has no finite divergence");
    }
    return (CommonOps_DDRM.trace(solved) + CommonOps_DDRM.dot(shift, pulled) - d + Math.log(ratio))
        / 2;
  }
}
