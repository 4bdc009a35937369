package dev.assay.metrics.reference;

import dev.assay.metrics.likelihood.Weights;
import java.util.Arrays;

/**
 * A Gaussian kernel density (Parzen 1962).
 *
 * @param points [n, d]
 * @param covariance [d, d] of the kernel
 */
public record KernelDensity(double[][] points, double[][] covariance) {
  /** With a spherical kernel whose standard deviation is the bandwidth. */
  public static KernelDensity spherical(double[][] points, double bandwidth) {
    double[][] covariance = new double[points[0].length][points[0].length];
    for (int c = 0; c < covariance.length; c++) {
      covariance[c][c] = bandwidth * bandwidth;
    }
    return new KernelDensity(points, covariance);
  }

  /** Scott's factor n^(−1/(d + 4)) (1992). */
  public static double scottFactor(int n, int d) {
    return Math.pow(n, -1.0 / (d + 4));
  }

  /** With the sample covariance, divisor n − 1, scaled by the square of Scott's factor. */
  public static KernelDensity scott(double[][] points) {
    int n = points.length;
    int d = points[0].length;
    double[] mean = new double[d];
    for (double[] point : points) {
      for (int c = 0; c < d; c++) {
        mean[c] += point[c] / n;
      }
    }
    double scale = Math.pow(scottFactor(n, d), 2) / (n - 1);
    double[][] covariance = new double[d][d];
    for (double[] point : points) {
      for (int a = 0; a < d; a++) {
        for (int b = 0; b < d; b++) {
          covariance[a][b] += scale * (point[a] - mean[a]) * (point[b] - mean[b]);
        }
      }
    }
    return new KernelDensity(points, covariance);
  }

  /** ln p of queries, in nats. */
  public double[] logDensities(double[][] queries) {
    Normal kernel = kernel();
    return Arrays.stream(queries)
        .mapToDouble(query ->
            Weights.logMean(
                Arrays.stream(points)
                    .mapToDouble(point -> kernel.logDensity(minus(query, point)))
                    .toArray()))
        .toArray();
  }

  /** Mean ln p of each point under the kernels of all others. */
  public double leaveOneOut() {
    Normal kernel = kernel();
    int n = points.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double[] logs = new double[n - 1];
      for (int j = 0; j < n - 1; j++) {
        logs[j] = kernel.logDensity(minus(points[i], points[j < i ? j : j + 1]));
      }
      sum += Weights.logMean(logs);
    }
    return sum / n;
  }

  private Normal kernel() {
    return Normal.of(new double[covariance.length], covariance);
  }

  private static double[] minus(double[] x, double[] y) {
    double[] difference = new double[x.length];
    Arrays.setAll(difference, c -> x[c] - y[c]);
    return difference;
  }
}
