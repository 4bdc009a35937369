package dev.assay.plugins.statistical.chowliu;

import dev.assay.plugins.statistical.Workers;
import java.util.Arrays;

/**
 * How often each pair of pixels has each pair of levels, smoothed: (count + s / L²) / (n + s). The
 * marginals of all pairs agree, so that any tree of them is a distribution.
 *
 * @param columns levels, by pixel and image
 * @param smoothing s
 */
record PairCounts(byte[][] columns, int levels, double smoothing) {
  /**
   * Of images [n, pixels].
   *
   * @throws IllegalArgumentException if a value is no level
   */
  static PairCounts of(float[] data, int pixels, int levels, double smoothing) {
    byte[][] columns = new byte[pixels][data.length / pixels];
    for (int i = 0; i < data.length; i++) {
      columns[i % pixels][i / pixels] = (byte) level(data[i], levels);
    }
    return new PairCounts(columns, levels, smoothing);
  }

  /** A pixel's value as a level. */
  static int level(float value, int levels) {
    int level = (int) value;
    if (level < 0 || level >= levels || level != value) {
      throw new IllegalArgumentException(
          "pixel value " + value + " is none of the levels 0 to " + (levels - 1));
    }
    return level;
  }

  /** P(xᵢ = a, xⱼ = b) at place a L + b. */
  double[] joint(int i, int j) {
    int[] counts = new int[levels * levels];
    byte[] a = columns[i];
    byte[] b = columns[j];
    for (int image = 0; image < a.length; image++) {
      counts[a[image] * levels + b[image]]++;
    }
    double each = smoothing / counts.length;
    double total = a.length + smoothing;
    return Arrays.stream(counts).mapToDouble(count -> (count + each) / total).toArray();
  }

  /** P(xᵢ = a) at place a. */
  double[] marginal(int i) {
    double[] marginal = new double[levels];
    Arrays.fill(marginal, smoothing / levels);
    for (byte level : columns[i]) {
      marginal[level]++;
    }
    double total = columns[i].length + smoothing;
    return Arrays.stream(marginal).map(mass -> mass / total).toArray();
  }

  /**
   * I(xᵢ; xⱼ) = Σ P(a, b) ln P(a, b) / (P(a) P(b)) of each pair, in nats: row i, column j &lt; i.
   */
  double[][] information(Workers workers) {
    double[][] marginals = new double[columns.length][];
    Arrays.setAll(marginals, this::marginal);
    double[][] information = new double[columns.length][];
    workers.forEach(
        columns.length,
        i -> {
          information[i] = new double[i];
          for (int j = 0; j < i; j++) {
            information[i][j] = information(joint(i, j), marginals[i], marginals[j]);
          }
        });
    return information;
  }

  private static double information(double[] joint, double[] a, double[] b) {
    double sum = 0;
    for (int cell = 0; cell < joint.length; cell++) {
      sum += joint[cell] * Math.log(joint[cell] / (a[cell / b.length] * b[cell % b.length]));
    }
    return sum;
  }
}
