package dev.assay.plugins.statistical.linear;

/**
 * Scaled lines added to lines. The loop has the form that the compiler turns into vector code:
 * every line an array of its own.
 */
public final class Lines {
  private Lines() {}

  /** y[i] += scale · x[i] for the first n. */
  public static void add(double[] y, double[] x, double scale, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(scale, x[i], y[i]);
    }
  }
}
