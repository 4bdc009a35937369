package dev.assay.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Several tests at once (Holm 1979). */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p-values, in the order given: rejecting those at most α keeps the chance of any false
   * rejection at α, however the tests depend on each other.
   */
  public static double[] adjust(double... p) {
    int n = p.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[n];
    double largest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, Math.min(1, (n - k) * p[order[k]]));
      adjusted[order[k]] = largest;
    }
    return adjusted;
  }
}
