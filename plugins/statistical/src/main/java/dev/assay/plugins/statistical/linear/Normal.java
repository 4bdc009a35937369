package dev.assay.plugins.statistical.linear;

/** The standard normal distribution, in doubles. */
public final class Normal {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /** Beyond it the tail's continued fraction converges faster than the series. */
  private static final double TAIL = 3;

  private static final int FRACTION_TERMS = 60;
  private static final int NEWTON_STEPS = 60;

  private Normal() {}

  /** φ(x). */
  public static double density(double x) {
    return Math.exp(-0.5 * x * x) / ROOT_TWO_PI;
  }

  /** Φ(x), to a relative error near rounding in the lower tail. */
  public static double cdf(double x) {
    if (x > TAIL) {
      return 1 - upperTail(x);
    }
    return x < -TAIL ? upperTail(-x) : central(x);
  }

  /** ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …). Marsaglia 2004, eq. 5. */
  private static double central(double x) {
    double term = x;
    double sum = x;
    for (int odd = 3; Math.abs(term) > Math.ulp(sum); odd += 2) {
      term *= x * x / odd;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /** φ(x) / (x + 1/(x + 2/(x + 3/…))), Laplace's continued fraction. */
  private static double upperTail(double x) {
    double fraction = x;
    for (int k = FRACTION_TERMS; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return density(x) / fraction;
  }

  /**
   * Φ⁻¹(p) by Newton's method on ln Φ, which is concave, so that steps from the left never
   * overshoot.
   *
   * @param p on (0, 1)
   */
  public static double quantile(double p) {
    if (p > 0.5) {
      return -quantile(1 - p);
    }
    double target = Math.log(p);
    // Φ(x) ≤ e^(−x²/2) / 2 for x ≤ 0.
    double x = -Math.sqrt(Math.max(0, -2 * Math.log(2 * p)));
    for (int i = 0; i < NEWTON_STEPS; i++) {
      double mass = cdf(x);
      double step = (Math.log(mass) - target) * mass / density(x);
      x -= step;
      if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(x))) {
        break;
      }
    }
    return x;
  }
}
