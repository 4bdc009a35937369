package dev.assay.metrics.distribution;

import java.util.Arrays;
import java.util.Comparator;

/** Areas under the divergence frontier of two quantised distributions. */
public final class Mauve {
  private static final int STEPS = 25;
  private static final double EDGE = 1e-6;
  private static final double SCALE = 5;

  private Mauve() {}

  /**
   * The area under (exp(−c KL(q‖r)), exp(−c KL(p‖r))), r = w p + (1 − w) q, with 25 weights w and c
   * = 5, the mean of the trapezoid areas over either axis (Pillutla et al. 2021). 1 for equal
   * distributions, towards 0 for disjoint ones.
   */
  public static double score(Histogram p, Histogram q) {
    double[][] curve = new double[STEPS + 2][];
    curve[0] = new double[] {0, 1};
    curve[1] = new double[] {1, 0};
    for (int s = 0; s < STEPS; s++) {
      Histogram r = p.mix(q, EDGE + s * (1 - 2 * EDGE) / (STEPS - 1));
      curve[s + 2] = new double[] {Math.exp(-SCALE * q.kl(r)), Math.exp(-SCALE * p.kl(r))};
    }
    return (area(curve, 0, 1) + area(curve, 1, 0)) / 2;
  }

  /** Of equal abscissae the higher point comes first on the falling curve. */
  private static double area(double[][] curve, int x, int y) {
    double[][] sorted = curve.clone();
    Arrays.sort(
        sorted,
        Comparator.<double[]>comparingDouble(point -> point[x])
            .thenComparing(Comparator.<double[]>comparingDouble(point -> point[y]).reversed()));
    double area = 0;
    for (int i = 1; i < sorted.length; i++) {
      area += (sorted[i][x] - sorted[i - 1][x]) * (sorted[i][y] + sorted[i - 1][y]) / 2;
    }
    return area;
  }

  /**
   * 2 Σ ((p + q)/4 − p q (ln p − ln q) / (2 (p − q))), from 0 for equal to 1 for disjoint
   * distributions (Liu et al. 2021).
   */
  public static double frontierIntegral(Histogram p, Histogram q) {
    return 2 * p.sum(q, (a, b) -> (a + b) / 4 - logMean(a, b) / 2);
  }

  /** p q (ln p − ln q) / (p − q), with its limits. */
  private static double logMean(double p, double q) {
    if (p == 0 || q == 0) {
      return 0;
    }
    double ratio = p / q;
    return Math.abs(ratio - 1) < 1e-8 ? (p + q) / 2 : p * Math.log(ratio) / (ratio - 1);
  }
}
