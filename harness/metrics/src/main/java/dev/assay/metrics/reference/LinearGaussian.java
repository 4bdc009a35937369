package dev.assay.metrics.reference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * z ~ N(0, I), x | z ~ N(Wz + μ, s² I) (Tipping and Bishop 1999): a variational autoencoder whose
 * likelihood and posterior are known, so that bounds can be held against them.
 *
 * @param weights W [d, latent]
 * @param mean μ [d]
 * @param variance s², above 0
 */
public record LinearGaussian(double[][] weights, double[] mean, double variance) {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /** ln p(x), x ~ N(μ, WWᵀ + s² I). */
  public double logLikelihood(double[] x) {
    int d = mean.length;
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < latent(); k++) {
          covariance[i][j] += weights[i][k] * weights[j][k];
        }
      }
      covariance[i][i] += variance;
    }
    return Normal.of(mean, covariance).logDensity(x);
  }

  /** s² (WᵀW + s² I)⁻¹, the covariance of z given x: [latent, latent]. */
  public double[][] posteriorCovariance() {
    DMatrixRMaj w = new DMatrixRMaj(weights);
    DMatrixRMaj precision = new DMatrixRMaj(latent(), latent());
    CommonOps_DDRM.multInner(w, precision);
    for (int k = 0; k < latent(); k++) {
      precision.add(k, k, variance);
    }
    CommonOps_DDRM.invert(precision);
    CommonOps_DDRM.scale(variance, precision);
    return precision.get2DData();
  }

  /** (WᵀW + s² I)⁻¹ Wᵀ (x − μ), the mean of z given x. */
  public double[] posteriorMean(double[] x) {
    double[][] covariance = posteriorCovariance();
    double[] result = new double[latent()];
    for (int k = 0; k < latent(); k++) {
      for (int l = 0; l < latent(); l++) {
        for (int i = 0; i < mean.length; i++) {
          result[k] += covariance[k][l] * weights[i][l] * (x[i] - mean[i]) / variance;
        }
      }
    }
    return result;
  }

  /** E ln p(x | z) under z ~ N(m, diag sd²), in closed form. */
  public double reconstruction(double[] x, double[] m, double[] sd) {
    double expected = -squares(x, m);
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < latent(); k++) {
        expected -= weights[i][k] * weights[i][k] * sd[k] * sd[k];
      }
    }
    return (expected / variance - mean.length * (LOG_2PI + Math.log(variance))) / 2;
  }

  /** ln p(x, z) − ln q(z) of z = m + sd·ε under q = N(m, diag sd²). */
  public double logWeight(double[] x, double[] m, double[] sd, double[] noise) {
    double[] z = new double[latent()];
    double rest = 0;
    for (int k = 0; k < latent(); k++) {
      z[k] = m[k] + sd[k] * noise[k];
      rest += Math.log(sd[k]) + (noise[k] * noise[k] - z[k] * z[k]) / 2;
    }
    double likelihood =
        -(squares(x, z) / variance + mean.length * (LOG_2PI + Math.log(variance))) / 2;
    return likelihood + rest;
  }

  /** |x − Wz − μ|². */
  private double squares(double[] x, double[] z) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double rest = x[i] - mean[i];
      for (int k = 0; k < latent(); k++) {
        rest -= weights[i][k] * z[k];
      }
      sum += rest * rest;
    }
    return sum;
  }

  private int latent() {
    return weights[0].length;
  }
}
