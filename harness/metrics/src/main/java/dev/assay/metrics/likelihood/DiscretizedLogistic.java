package dev.assay.metrics.likelihood;

/**
 * The likelihood of 8-bit pixels under a mixture of logistic distributions on [−1, 1], each level
 * taking the mass of its bin, the outer levels their tails (Salimans et al. 2017, PixelCNN++).
 *
 * @param weights of components, summing to 1
 * @param means of components
 * @param logScales of components
 */
public record DiscretizedLogistic(double[] weights, double[] means, double[] logScales) {
  private static final int LEVELS = 256;

  /**
   * ln P of a level.
   *
   * @param level 0 to 255
   */
  public double logMass(int level) {
    double x = 2.0 * level / (LEVELS - 1) - 1;
    double half = 1.0 / (LEVELS - 1);
    double[] terms = new double[weights.length];
    for (int k = 0; k < terms.length; k++) {
      double scale = Math.exp(logScales[k]);
      double upper = level == LEVELS - 1 ? Double.POSITIVE_INFINITY : (x + half - means[k]) / scale;
      double lower = level == 0 ? Double.NEGATIVE_INFINITY : (x - half - means[k]) / scale;
      terms[k] = Math.log(weights[k]) + logDifference(lower, upper);
    }
    return Weights.logSum(terms);
  }

  /** ln(σ(b) − σ(a)) for a &lt; b, as ln σ(b) + ln σ(−a) + ln(1 − exp(a − b)). */
  private static double logDifference(double a, double b) {
    return -Units.softplus(-b) - Units.softplus(a) + Math.log(-Math.expm1(a - b));
  }
}
