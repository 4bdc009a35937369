package dev.assay.plugins.statistical.ar;

import dev.assay.plugins.statistical.linear.Cholesky;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * x_t = c + Σ φᵢ x_{t−i} + ε with ε ~ N(0, σ²).
 *
 * @param coefficients φ₁ … φ_p
 * @param intercept c
 * @param variance σ²
 */
record Regression(double[] coefficients, double intercept, double variance) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** White noise of unit variance. */
  static Regression standard(int order) {
    return new Regression(new double[order], 0, 1);
  }

  /**
   * Least squares over steps {@code from} to {@code to} (exclusive) of all series: the conditional
   * maximum of the likelihood.
   *
   * @param data series [n, length]
   * @param from at least {@code order}
   * @param ridge added to each centred square sum, in its own units
   */
  static Regression fit(float[] data, int length, int order, int from, int to, double ridge) {
    int width = order + 1;
    double[] means = new double[width];
    int count = 0;
    for (int row = 0; row < data.length; row += length) {
      for (int t = from; t < to; t++, count++) {
        for (int i = 0; i < width; i++) {
          means[i] += data[row + t - i];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      means[i] /= count;
    }
    double[] products = new double[width * width];
    for (int row = 0; row < data.length; row += length) {
      for (int t = from; t < to; t++) {
        for (int i = 0; i < width; i++) {
          double centred = data[row + t - i] - means[i];
          for (int j = 0; j <= i; j++) {
            products[i * width + j] += centred * (data[row + t - j] - means[j]) / count;
          }
        }
      }
    }
    return solve(means, products, order, ridge);
  }

  /** The normal equations; number 0 of means and products is x_t itself. */
  private static Regression solve(double[] means, double[] products, int order, double ridge) {
    int width = order + 1;
    double[] own = new double[order * order];
    double[] shared = new double[order];
    for (int i = 0; i < order; i++) {
      shared[i] = products[(i + 1) * width];
      for (int j = 0; j <= i; j++) {
        own[i * order + j] = products[(i + 1) * width + j + 1];
      }
      own[i * order + i] = own[i * order + i] * (1 + ridge) + Double.MIN_NORMAL;
    }
    double[] coefficients = order == 0 ? shared : Cholesky.of(own, order).solve(shared);
    double intercept = means[0];
    double variance = products[0];
    for (int i = 0; i < order; i++) {
      intercept -= coefficients[i] * means[i + 1];
      variance -= coefficients[i] * shared[i];
    }
    double floor = ridge * Math.max(products[0], Float.MIN_NORMAL);
    return new Regression(coefficients, intercept, Math.max(variance, floor));
  }

  /** What {@link #numbers} gave. */
  static Regression of(double[] numbers) {
    int order = numbers.length - 2;
    return new Regression(Arrays.copyOf(numbers, order), numbers[order], numbers[order + 1]);
  }

  /** φ₁ … φ_p, c, σ². */
  double[] numbers() {
    double[] numbers = Arrays.copyOf(coefficients, order() + 2);
    numbers[order()] = intercept;
    numbers[order() + 1] = variance;
    return numbers;
  }

  int order() {
    return coefficients.length;
  }

  /** −ln p of one step, in nats, given those before it. */
  double nats(float[] data, int at) {
    double offset = data[at] - mean(data, at);
    return 0.5 * (LOG_TWO_PI + Math.log(variance) + offset * offset / variance);
  }

  double draw(float[] data, int at, RandomStream random) {
    return mean(data, at) + Math.sqrt(variance) * random.nextGaussian();
  }

  private double mean(float[] data, int at) {
    double mean = intercept;
    for (int i = 0; i < coefficients.length; i++) {
      mean += coefficients[i] * data[at - 1 - i];
    }
    return mean;
  }
}
