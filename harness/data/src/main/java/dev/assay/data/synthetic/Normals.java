package dev.assay.data.synthetic;

import dev.assay.tensor.RandomStream;

/** Normal draws that are the same on every machine, and log-densities. */
final class Normals {
  static final double LN_2PI = Math.log(2 * Math.PI);

  private Normals() {}

  /** A pair of independent standard normals (Box–Muller). */
  static double[] pair(RandomStream random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(random.nextDouble()));
    double angle = 2 * Math.PI * random.nextDouble();
    return new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
  }

  /** ln N(x; mean, deviation²). */
  static double logDensity(double x, double mean, double deviation) {
    double z = (x - mean) / deviation;
    return -0.5 * (z * z + LN_2PI) - Math.log(deviation);
  }

  /** ln Σ exp(terms), of terms that may be −∞. */
  static double logSumExp(double[] terms) {
    double max = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      max = Math.max(max, term);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - max);
    }
    return max + Math.log(sum);
  }
}
