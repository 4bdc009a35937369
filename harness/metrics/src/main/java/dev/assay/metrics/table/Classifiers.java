package dev.assay.metrics.table;

import dev.assay.metrics.Distances;
import dev.assay.metrics.Points;
import java.util.Arrays;

/** Plain classifiers without settings, for training on one table and testing on another. */
public final class Classifiers {
  private Classifiers() {}

  /**
   * Accuracy of the label of the nearest training row, of equally near ones the first.
   *
   * @throws IllegalArgumentException if there are no rows to train on or to test
   */
  public static double nearestNeighbour(Points train, int[] labels, Points test, int[] truth) {
    check(train, labels, test, truth);
    int[] right = new int[1];
    Distances.squared(
        test,
        train,
        (i, squared) -> {
          int best = 0;
          for (int j = 1; j < squared.length; j++) {
            best = squared[j] < squared[best] ? j : best;
          }
          right[0] += labels[best] == truth[i] ? 1 : 0;
        });
    return (double) right[0] / test.rows();
  }

  /** Accuracy of the class with the nearest mean, of equally near ones the smallest label. */
  public static double nearestCentroid(Points train, int[] labels, Points test, int[] truth) {
    check(train, labels, test, truth);
    int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    double[][] means = new double[classes.length][train.width()];
    double[] counts = new double[classes.length];
    for (int i = 0; i < labels.length; i++) {
      int k = Arrays.binarySearch(classes, labels[i]);
      counts[k]++;
      for (int c = 0; c < train.width(); c++) {
        means[k][c] += train.data()[i * train.width() + c];
      }
    }
    for (int k = 0; k < classes.length; k++) {
      double count = counts[k];
      means[k] = Arrays.stream(means[k]).map(sum -> sum / count).toArray();
    }
    return nearestNeighbour(Points.of(means), classes, test, truth);
  }

  private static void check(Points train, int[] labels, Points test, int[] truth) {
    if (train.rows() != labels.length || test.rows() != truth.length) {
      throw new IllegalArgumentException(
          "%d rows with %d labels to train on, %d with %d to test"
              .formatted(train.rows(), labels.length, test.rows(), truth.length));
    }
    if (train.rows() == 0 || test.rows() == 0) {
      throw new IllegalArgumentException("no rows to train on, or none to test");
    }
  }
}
