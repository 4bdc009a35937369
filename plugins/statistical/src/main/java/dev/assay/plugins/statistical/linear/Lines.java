package dev.assay.plugins.statistical.linear;

/**
 * Sums of scaled lines, which products of matrices are made of. The loops have the form that the
 * compiler turns into vector code: every line an array of its own.
 */
public final class Lines {
  /** Lines that {@link #addFour} reads, and lines that it adds to. */
  public static final int FOUR = 4;

  private Lines() {}

  /** y[i] += scale · x[i] for the first n. */
  public static void add(double[] y, double[] x, double scale, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(scale, x[i], y[i]);
    }
  }

  /**
   * y[row + r][i] += Σ of scales[at + r · stride + c] · x[line + c][i] over c, for r, c = 0 … 3 and
   * the first n: sixteen products for eight numbers read and four written.
   */
  public static void addFour(
      double[][] y, int row, double[][] x, int line, double[] scales, int at, int stride, int n) {
    double[] y0 = y[row];
    double[] y1 = y[row + 1];
    double[] y2 = y[row + 2];
    double[] y3 = y[row + 3];
    double[] x0 = x[line];
    double[] x1 = x[line + 1];
    double[] x2 = x[line + 2];
    double[] x3 = x[line + 3];
    double a0 = scales[at];
    double a1 = scales[at + 1];
    double a2 = scales[at + 2];
    double a3 = scales[at + 3];
    int second = at + stride;
    double b0 = scales[second];
    double b1 = scales[second + 1];
    double b2 = scales[second + 2];
    double b3 = scales[second + 3];
    int third = second + stride;
    double c0 = scales[third];
    double c1 = scales[third + 1];
    double c2 = scales[third + 2];
    double c3 = scales[third + 3];
    int fourth = third + stride;
    double d0 = scales[fourth];
    double d1 = scales[fourth + 1];
    double d2 = scales[fourth + 2];
    double d3 = scales[fourth + 3];
    for (int i = 0; i < n; i++) {
      double p = x0[i];
      double q = x1[i];
      double r = x2[i];
      double s = x3[i];
      y0[i] = Math.fma(a3, s, Math.fma(a2, r, Math.fma(a1, q, Math.fma(a0, p, y0[i]))));
      y1[i] = Math.fma(b3, s, Math.fma(b2, r, Math.fma(b1, q, Math.fma(b0, p, y1[i]))));
      y2[i] = Math.fma(c3, s, Math.fma(c2, r, Math.fma(c1, q, Math.fma(c0, p, y2[i]))));
      y3[i] = Math.fma(d3, s, Math.fma(d2, r, Math.fma(d1, q, Math.fma(d0, p, y3[i]))));
    }
  }
}
