package dev.assay.metrics.classification;

import java.util.Arrays;

/**
 * How well a score parts positives from negatives, higher meaning positive, at every threshold.
 *
 * <p>Points are ordered by falling threshold; equal scores pass together.
 *
 * @param truePositives share of positives at or above each threshold
 * @param falsePositives share of negatives at or above each threshold
 * @param precision share of positives among all at or above each threshold
 */
public record Roc(double[] truePositives, double[] falsePositives, double[] precision) {
  /**
   * The curve.
   *
   * @throws IllegalArgumentException if there are no positives or no negatives
   */
  public static Roc of(double[] positive, double[] negative) {
    if (positive.length == 0 || negative.length == 0) {
      throw new IllegalArgumentException(
          "%d positives and %d negatives; some of both are needed"
              .formatted(positive.length, negative.length));
    }
    double[] ours = positive.clone();
    double[] theirs = negative.clone();
    Arrays.sort(ours);
    Arrays.sort(theirs);
    int most = ours.length + theirs.length;
    double[] truth = new double[most];
    double[] alarm = new double[most];
    double[] precision = new double[most];
    int i = ours.length;
    int j = theirs.length;
    int points = 0;
    while (i > 0 || j > 0) {
      double threshold =
          Math.max(
              i > 0 ? ours[i - 1] : Double.NEGATIVE_INFINITY,
              j > 0 ? theirs[j - 1] : Double.NEGATIVE_INFINITY);
      while (i > 0 && ours[i - 1] >= threshold) {
        i--;
      }
      while (j > 0 && theirs[j - 1] >= threshold) {
        j--;
      }
      double passed = ours.length - i;
      truth[points] = passed / ours.length;
      alarm[points] = (double) (theirs.length - j) / theirs.length;
      precision[points++] = passed / (passed + theirs.length - j);
    }
    return new Roc(
        Arrays.copyOf(truth, points),
        Arrays.copyOf(alarm, points),
        Arrays.copyOf(precision, points));
  }

  /** Area under the curve: the chance that a positive scores above a negative, ties ½. */
  public double area() {
    double area = 0;
    double truth = 0;
    double alarm = 0;
    for (int i = 0; i < truePositives.length; i++) {
      area += (falsePositives[i] - alarm) * (truePositives[i] + truth) / 2;
      truth = truePositives[i];
      alarm = falsePositives[i];
    }
    return area;
  }

  /** Σ (recall − recall before) · precision over thresholds. */
  public double averagePrecision() {
    double sum = 0;
    double recall = 0;
    for (int i = 0; i < truePositives.length; i++) {
      sum += (truePositives[i] - recall) * precision[i];
      recall = truePositives[i];
    }
    return sum;
  }

  /** False positives at the highest threshold that keeps this share of positives. */
  public double falsePositivesAt(double truth) {
    for (int i = 0; i < truePositives.length; i++) {
      if (truePositives[i] >= truth) {
        return falsePositives[i];
      }
    }
    return 1;
  }

  /** The most positives at a threshold that lets no more than this share of negatives pass. */
  public double truePositivesAt(double alarms) {
    double most = 0;
    for (int i = 0; i < truePositives.length; i++) {
      most = falsePositives[i] <= alarms ? truePositives[i] : most;
    }
    return most;
  }

  /** The largest difference between the shares of positives and negatives that pass; at least 0. */
  public double advantage() {
    double most = 0;
    for (int i = 0; i < truePositives.length; i++) {
      most = Math.max(most, truePositives[i] - falsePositives[i]);
    }
    return most;
  }
}
