package dev.assay.store;

/** Student's t distribution with a whole number of degrees of freedom. */
public final class StudentT {
  private StudentT() {}

  /**
   * t with P(−t ≤ T ≤ t) = probability, by bisection.
   *
   * @param probability from 0 to less than 1
   * @param degrees of freedom, at least 1
   */
  public static double twoSided(double probability, int degrees) {
    double high = 1;
    while (within(high, degrees) < probability) {
      high *= 2;
    }
    double low = 0;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (within(middle, degrees) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** P(−t ≤ T ≤ t): Abramowitz and Stegun 26.7.3 and 26.7.4. */
  static double within(double t, int degrees) {
    double theta = Math.atan(t / Math.sqrt(degrees));
    double sin = Math.sin(theta);
    double cos = Math.cos(theta);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cos : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int k = odd ? 3 : 2; k < degrees; k += 2) {
      term *= cos * cos * (k - 1) / k;
      sum += term;
    }
    return odd ? 2 / Math.PI * (theta + sin * sum) : sin * sum;
  }
}
