package dev.assay.plugins.statistical.ppca;

import dev.assay.plugins.statistical.linear.SymmetricEigen;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * N(μ, W Wᵀ + σ² I) by its principal axes: variance λᵢ along axis i, and σ² in every direction
 * orthogonal to them.
 *
 * @param mean μ [columns]
 * @param axes orthonormal, by column of x and axis [columns, latent]
 * @param variances λ [latent], at least the noise
 * @param noise σ²
 */
record Subspace(double[] mean, double[] axes, double[] variances, double noise) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** The standard normal. */
  static Subspace standard(int columns, int latent) {
    double[] axes = new double[columns * latent];
    for (int k = 0; k < latent; k++) {
      axes[k * latent + k] = 1;
    }
    double[] variances = new double[latent];
    Arrays.fill(variances, 1);
    return new Subspace(new double[columns], axes, variances, 1);
  }

  /**
   * The maximum of the likelihood: the leading eigenvectors (eq. 7), and as noise the mean of the
   * other eigenvalues (eq. 8).
   *
   * @param covariance of the training examples [columns, columns]
   * @param floor smallest allowed noise
   */
  static Subspace fit(double[] mean, double[] covariance, int latent, double floor) {
    int columns = mean.length;
    SymmetricEigen eigen = SymmetricEigen.of(covariance, columns);
    double[] values = eigen.values();
    double noise = Arrays.stream(values, latent, columns).average().orElse(floor);
    noise = Math.max(noise, floor);
    double[] axes = new double[columns * latent];
    double[] variances = new double[latent];
    for (int k = 0; k < latent; k++) {
      variances[k] = Math.max(values[k], noise);
      for (int c = 0; c < columns; c++) {
        axes[c * latent + k] = eigen.vectors()[k][c];
      }
    }
    return new Subspace(mean, axes, variances, noise);
  }

  int latent() {
    return variances.length;
  }

  /** d ln 2π + ln det of the covariance. */
  double logNormaliser() {
    double sum = (mean.length - latent()) * Math.log(noise) + mean.length * LOG_TWO_PI;
    for (double variance : variances) {
      sum += Math.log(variance);
    }
    return sum;
  }

  /**
   * Squared Mahalanobis distance of one point: along the axes by λ, and what is left of the squared
   * length by σ².
   *
   * @param data points [n, columns], of which number {@code point} is meant
   */
  double squaredDistance(float[] data, int point) {
    int latent = latent();
    double[] projected = new double[latent];
    double length = 0;
    for (int c = 0; c < mean.length; c++) {
      double centred = data[point * mean.length + c] - mean[c];
      length += centred * centred;
      int row = c * latent;
      for (int k = 0; k < latent; k++) {
        projected[k] += centred * axes[row + k];
      }
    }
    double distance = 0;
    for (int k = 0; k < latent; k++) {
      double square = projected[k] * projected[k];
      distance += square / variances[k];
      length -= square;
    }
    return distance + Math.max(0, length) / noise;
  }

  /** x = W z + μ + ε into {@code out} at {@code row}: eq. 2. */
  void draw(RandomStream random, float[] out, int row) {
    int latent = latent();
    double[] z = new double[latent];
    Arrays.setAll(z, k -> Math.sqrt(variances[k] - noise) * random.nextGaussian());
    double deviation = Math.sqrt(noise);
    for (int c = 0; c < mean.length; c++) {
      double x = mean[c] + deviation * random.nextGaussian();
      for (int k = 0; k < latent; k++) {
        x += axes[c * latent + k] * z[k];
      }
      out[row + c] = (float) x;
    }
  }
}
