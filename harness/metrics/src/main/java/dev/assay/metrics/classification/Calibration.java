package dev.assay.metrics.classification;

/**
 * Whether predicted probabilities of classes come true.
 *
 * @param accuracy share of predictions whose most probable class, of equal ones the first, is right
 * @param expectedError mean gap between confidence and accuracy over bins, weighted by their size
 *     (Guo et al. 2017)
 * @param largestError largest such gap of any bin
 * @param brier mean Σ (p − y)² over classes, from 0 to 2
 * @param nll mean −ln of the probability of the true class
 */
public record Calibration(
    double accuracy, double expectedError, double largestError, double brier, double nll) {
  /**
   * Measures predictions.
   *
   * @param probabilities [n, classes]
   * @param labels [n], from 0
   * @param bins of confidence, equally wide, (low, high]
   * @throws IllegalArgumentException if the lengths differ or there are no predictions
   */
  public static Calibration of(double[][] probabilities, int[] labels, int bins) {
    int n = labels.length;
    if (n == 0 || n != probabilities.length) {
      throw new IllegalArgumentException(
          "%d predictions for %d labels".formatted(probabilities.length, n));
    }
    double[] confidence = new double[bins];
    double[] right = new double[bins];
    double[] count = new double[bins];
    double hits = 0;
    double brier = 0;
    double nll = 0;
    for (int i = 0; i < n; i++) {
      double[] p = probabilities[i];
      int best = 0;
      for (int k = 0; k < p.length; k++) {
        best = p[k] > p[best] ? k : best;
        double truth = k == labels[i] ? 1 : 0;
        brier += (p[k] - truth) * (p[k] - truth) / n;
      }
      nll -= Math.log(p[labels[i]]) / n;
      int hit = best == labels[i] ? 1 : 0;
      hits += hit;
      int bin = Math.clamp((long) Math.ceil(p[best] * bins) - 1, 0, bins - 1);
      confidence[bin] += p[best];
      right[bin] += hit;
      count[bin]++;
    }
    double expected = 0;
    double largest = 0;
    for (int b = 0; b < bins; b++) {
      double gap = count[b] == 0 ? 0 : Math.abs(confidence[b] - right[b]) / count[b];
      expected += gap * count[b] / n;
      largest = Math.max(largest, gap);
    }
    return new Calibration(hits / n, expected, largest, brier, nll);
  }
}
