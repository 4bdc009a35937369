package dev.assay.tensor.suite;

/**
 * How far an element may stand from the reference: {@code ulps} float32 steps of the expected
 * value, plus {@code absolute}, plus {@code sensitivities} times what rounding can do to it ({@link
 * dev.assay.tensor.reference.Sensitivity}). Infinities and NaN must be equal. Unless exact, results
 * below 2⁻¹²⁶ may be flushed to zero.
 */
public record Tolerance(double ulps, double absolute, double sensitivities) {
  /** The same number. */
  public static final Tolerance EXACT = new Tolerance(0, 0, 0);

  /** What any correct order of float32 operations satisfies. */
  public static final Tolerance ROUNDING = new Tolerance(4, 0, 16);

  public static Tolerance ulps(double ulps) {
    return new Tolerance(ulps, 0, 0);
  }

  public Tolerance orAbsolute(double size) {
    return new Tolerance(ulps, size, sensitivities);
  }

  boolean accepts(double expected, double actual, double sensitivity) {
    if (expected == actual || (Double.isNaN(expected) && Double.isNaN(actual))) {
      return true;
    }
    // Where rounding decides between a number and NaN or infinity, nothing can be said.
    if (sensitivities > 0 && !Double.isFinite(sensitivity)) {
      return true;
    }
    return Math.abs(expected - actual) <= allowed(expected, sensitivity);
  }

  double allowed(double expected, double sensitivity) {
    if (equals(EXACT)) {
      return 0;
    }
    return ulps * Math.ulp((float) expected)
        + absolute
        + Float.MIN_NORMAL
        + sensitivities * sensitivity;
  }
}
