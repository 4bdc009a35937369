package dev.assay.metrics.reference;

import dev.assay.metrics.likelihood.Weights;
import java.util.Arrays;

/**
 * A mixture of Gaussians with full covariances.
 *
 * @param weights [k], summing to 1
 * @param means [k, d]
 * @param covariances [k, d, d], positive definite
 */
public record GaussianMixture(double[] weights, double[][] means, double[][][] covariances) {
  /** ln p of each point, in nats. */
  public double[] logDensities(double[][] points) {
    return Arrays.stream(joint(points)).mapToDouble(Weights::logSum).toArray();
  }

  /** ln of weight and density of each component at each point. */
  private double[][] joint(double[][] points) {
    double[][] joint = new double[points.length][weights.length];
    for (int k = 0; k < weights.length; k++) {
      Normal normal = Normal.of(means[k], covariances[k]);
      for (int i = 0; i < points.length; i++) {
        joint[i][k] = Math.log(weights[k]) + normal.logDensity(points[i]);
      }
    }
    return joint;
  }

  /**
   * One step of expectation maximisation (Dempster et al. 1977), covariances around the new means,
   * without regulariser; the mean log-likelihood never falls.
   */
  public GaussianMixture step(double[][] points) {
    int n = points.length;
    int d = points[0].length;
    double[][] joint = joint(points);
    double[] newWeights = new double[weights.length];
    double[][] newMeans = new double[weights.length][d];
    double[][][] newCovariances = new double[weights.length][d][d];
    for (int k = 0; k < weights.length; k++) {
      double[] shares = new double[n];
      for (int i = 0; i < n; i++) {
        shares[i] = Math.exp(joint[i][k] - Weights.logSum(joint[i]));
      }
      double total = Arrays.stream(shares).sum();
      newWeights[k] = total / n;
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < d; c++) {
          newMeans[k][c] += shares[i] * points[i][c] / total;
        }
      }
      for (int i = 0; i < n; i++) {
        addOuter(newCovariances[k], points[i], newMeans[k], shares[i] / total);
      }
    }
    return new GaussianMixture(newWeights, newMeans, newCovariances);
  }

  private static void addOuter(double[][] sum, double[] x, double[] mean, double weight) {
    for (int a = 0; a < x.length; a++) {
      for (int b = 0; b < x.length; b++) {
        sum[a][b] += weight * (x[a] - mean[a]) * (x[b] - mean[b]);
      }
    }
  }
}
