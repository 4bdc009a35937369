package dev.assay.metrics.reference;

/**
 * A monotone rational-quadratic spline on [−bound, bound], the identity outside (Durkan et al.
 * 2019).
 *
 * @param bound above 0
 * @param widths of bins, above 0, summing to 2·bound
 * @param heights of bins, above 0, summing to 2·bound
 * @param slopes at the knots, one more than bins, above 0
 */
public record RationalQuadratic(double bound, double[] widths, double[] heights, double[] slopes) {
  /** A value and ln of the slope there. */
  public record Point(double y, double logSlope) {}

  /** The spline at x (eq. 4 and 5). */
  public Point at(double x) {
    if (x < -bound || x > bound) {
      return new Point(x, 0);
    }
    int k = 0;
    double left = -bound;
    double bottom = -bound;
    while (k < widths.length - 1 && x >= left + widths[k]) {
      left += widths[k];
      bottom += heights[k];
      k++;
    }
    double t = (x - left) / widths[k];
    double s = heights[k] / widths[k];
    double a = slopes[k];
    double b = slopes[k + 1];
    double below = s + (a + b - 2 * s) * t * (1 - t);
    double y = bottom + heights[k] * (s * t * t + a * t * (1 - t)) / below;
    double slope =
        s * s * (b * t * t + 2 * s * t * (1 - t) + a * (1 - t) * (1 - t)) / (below * below);
    return new Point(y, Math.log(slope));
  }
}
