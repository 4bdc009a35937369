package dev.assay.dashboard.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Where the level of a series changes, by binary segmentation (Scott and Knott 1974): the split
 * with the smallest p-value of Welch's test, corrected for the number of splits that were tried
 * (Bonferroni), then the same on both sides of it.
 */
public final class ChangePoints {
  private static final double LEVEL = 0.01;

  private ChangePoints() {}

  /**
   * A new level.
   *
   * @param at where it begins
   * @param before mean of the stretch before
   * @param after mean of the stretch after
   * @param better null where nothing is better or worse
   */
  public record Change(int at, double before, double after, double p, @Nullable Boolean better) {}

  /**
   * @param points observations of each point, in order
   * @param places of the points
   * @param direction {@code lower}, {@code higher} or {@code none}
   */
  static List<Change> find(List<double[]> points, int[] places, String direction) {
    List<Change> changes = new ArrayList<>();
    split(points, places, 0, points.size(), direction, changes);
    changes.sort(Comparator.comparingInt(Change::at));
    return changes;
  }

  private static void split(
      List<double[]> points, int[] places, int from, int to, String direction, List<Change> found) {
    double best = 1;
    int bestAt = -1;
    for (int at = from + 1; at < to; at++) {
      double p = welch(pooled(points, from, at), pooled(points, at, to));
      if (p < best) {
        best = p;
        bestAt = at;
      }
    }
    double corrected = Math.min(1, best * (to - from - 1));
    if (bestAt < 0 || corrected > LEVEL) {
      return;
    }
    double before = mean(pooled(points, from, bestAt));
    double after = mean(pooled(points, bestAt, to));
    Boolean better =
        switch (direction) {
          case "lower" -> after < before;
          case "higher" -> after > before;
          default -> null;
        };
    found.add(new Change(places[bestAt], before, after, corrected, better));
    split(points, places, from, bestAt, direction, found);
    split(points, places, bestAt, to, direction, found);
  }

  private static double[] pooled(List<double[]> points, int from, int to) {
    return points.subList(from, to).stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * Two-sided p of Welch's test; 1 where a side has a single value, so that nothing can be told.
   */
  static double welch(double[] x, double[] y) {
    if (x.length < 2 || y.length < 2) {
      return 1;
    }
    double errorX = variance(x) / x.length;
    double errorY = variance(y) / y.length;
    double error = errorX + errorY;
    double difference = mean(x) - mean(y);
    if (error == 0) {
      return difference == 0 ? 1 : 0;
    }
    double freedom =
        error * error / (errorX * errorX / (x.length - 1) + errorY * errorY / (y.length - 1));
    double t = Math.abs(difference) / Math.sqrt(error);
    return Math.min(1, 2 * TDistribution.of(freedom).survivalProbability(t));
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double variance(double[] x) {
    double mean = mean(x);
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }
}
