package dev.assay.plugins.statistical;

/** Draws from finite distributions. */
public final class Categorical {
  private Categorical() {}

  /**
   * The first index at which the running sum of weights exceeds {@code uniform} of their total.
   *
   * @param weights at least 0, not all 0; only {@code size} of them from {@code from} count
   * @param uniform on (0, 1)
   * @return index from 0 to {@code size} − 1
   */
  public static int draw(double[] weights, int from, int size, double uniform) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[from + i];
    }
    double left = uniform * total;
    int last = 0;
    for (int i = 0; i < size; i++) {
      double weight = weights[from + i];
      if (weight > 0) {
        if (left < weight) {
          return i;
        }
        left -= weight;
        last = i;
      }
    }
    return last;
  }

  /** As {@link #draw(double[], int, int, double)}, over all weights. */
  public static int draw(double[] weights, double uniform) {
    return draw(weights, 0, weights.length, uniform);
  }
}
