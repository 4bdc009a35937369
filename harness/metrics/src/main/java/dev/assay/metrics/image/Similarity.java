package dev.assay.metrics.image;

import java.util.Arrays;

/**
 * Structural similarity of two grey images (Wang et al. 2004), K₁ = 0.01, K₂ = 0.03, mean over the
 * places where a window lies wholly inside.
 *
 * @param window weights of one axis, summing to 1; the window is their outer product
 * @param correction what variances are multiplied by; n/(n − 1) makes them sample variances
 */
public record Similarity(double[] window, double correction) {
  private static final double K1 = 0.01;
  private static final double K2 = 0.03;

  /** The paper's window: 11 wide, Gaussian of deviation 1.5. */
  public static Similarity gaussian() {
    double[] window = new double[11];
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      window[i] = Math.exp(-(i - 5) * (i - 5) / (2 * 1.5 * 1.5));
      sum += window[i];
    }
    for (int i = 0; i < window.length; i++) {
      window[i] /= sum;
    }
    return new Similarity(window, 1);
  }

  /**
   * All weights equal, with sample variances, as scikit-image has it with a width of 7.
   *
   * @param width odd
   */
  public static Similarity uniform(int width) {
    double[] window = new double[width];
    Arrays.fill(window, 1.0 / width);
    double n = (double) width * width;
    return new Similarity(window, n / (n - 1));
  }

  /** Mean squared difference of two images of one size. */
  public static double meanSquare(double[][] a, double[][] b) {
    double sum = 0;
    for (int y = 0; y < a.length; y++) {
      for (int x = 0; x < a[y].length; x++) {
        sum += (a[y][x] - b[y][x]) * (a[y][x] - b[y][x]);
      }
    }
    return sum / a.length / a[0].length;
  }

  /** Peak signal-to-noise ratio 10 log₁₀(range² / mse) in dB; infinite for equal images. */
  public static double peakSignalToNoise(double[][] a, double[][] b, double range) {
    return 10 * Math.log10(range * range / meanSquare(a, b));
  }

  /**
   * The similarity, at most 1, of equal images.
   *
   * @param a [height, width], at least as large as the window
   * @param b as large as a
   * @param range largest possible value less the smallest, such as 255
   * @throws IllegalArgumentException if the sizes differ or are smaller than the window
   */
  public double of(double[][] a, double[][] b, double range) {
    int height = a.length;
    int width = height == 0 ? 0 : a[0].length;
    if (b.length != height || (height > 0 && b[0].length != width)) {
      throw new IllegalArgumentException("images of different sizes");
    }
    if (Math.min(height, width) < window.length) {
      throw new IllegalArgumentException(
          "an image of %d × %d; the window is %d × %d"
              .formatted(height, width, window.length, window.length));
    }
    double sum = 0;
    int count = 0;
    for (int y = 0; y + window.length <= height; y++) {
      for (int x = 0; x + window.length <= width; x++) {
        sum += at(a, b, y, x, range);
        count++;
      }
    }
    return sum / count;
  }

  private double at(double[][] a, double[][] b, int top, int left, double range) {
    double meanA = 0;
    double meanB = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < window.length; i++) {
      for (int j = 0; j < window.length; j++) {
        double weight = window[i] * window[j];
        double p = a[top + i][left + j];
        double q = b[top + i][left + j];
        meanA += weight * p;
        meanB += weight * q;
        aa += weight * p * p;
        bb += weight * q * q;
        ab += weight * p * q;
      }
    }
    double varianceA = correction * (aa - meanA * meanA);
    double varianceB = correction * (bb - meanB * meanB);
    double covariance = correction * (ab - meanA * meanB);
    double c1 = K1 * range * K1 * range;
    double c2 = K2 * range * K2 * range;
    return (2 * meanA * meanB + c1)
        * (2 * covariance + c2)
        / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
  }
}
