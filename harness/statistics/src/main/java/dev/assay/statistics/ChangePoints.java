package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Where the level of a series changes, upwards or downwards: binary segmentation (Vostrikova 1981)
 * by the largest standardised difference of means, each split tested by permutations.
 */
public final class ChangePoints {
  /** Values on each side of a change, at least. */
  public static final int LEAST = 3;

  private static final int ROUNDS = 999;

  private final double[] series;
  private final double level;
  private final IntUnaryOperator draw;
  private final List<Change> found = new ArrayList<>();

  private ChangePoints(double[] series, double level, IntUnaryOperator draw) {
    this.series = series;
    this.level = level;
    this.draw = draw;
  }

  /**
   * A change.
   *
   * @param at place of the first value at the new level
   * @param before mean from the change before it, or the start
   * @param after mean to the next change, or the end
   * @param p of a split as clear as this in the stretch that it splits, were its order random
   */
  public record Change(int at, double before, double after, double p) {}

  /** The best split of a stretch: its place and how clear it is. */
  private record Split(int at, double size) {}

  /**
   * All changes, in order.
   *
   * @param level of significance of each
   * @param draw from a bound to a whole number below it
   */
  public static List<Change> of(double[] series, double level, IntUnaryOperator draw) {
    ChangePoints search = new ChangePoints(series.clone(), level, draw);
    search.split(0, series.length);
    return search.changes();
  }

  private void split(int from, int to) {
    if (to - from < 2 * LEAST) {
      return;
    }
    double[] stretch = Arrays.copyOfRange(series, from, to);
    Split best = best(stretch);
    int clearer = 1;
    for (int round = 0; round < ROUNDS; round++) {
      shuffle(stretch);
      if (best(stretch).size() >= best.size()) {
        clearer++;
      }
    }
    double p = clearer / (ROUNDS + 1.0);
    if (p <= level && best.size() > 0) {
      split(from, from + best.at());
      found.add(new Change(from + best.at(), 0, 0, p));
      split(from + best.at(), to);
    }
  }

  /** The sum of squares between both sides; the total does not depend on the order. */
  private static Split best(double[] x) {
    double mean = Descriptive.mean(x);
    double sum = 0;
    Split best = new Split(LEAST, 0);
    for (int k = 1; k <= x.length - LEAST; k++) {
      sum += x[k - 1] - mean;
      double size = sum * sum * x.length / k / (x.length - k);
      if (k >= LEAST && size > best.size()) {
        best = new Split(k, size);
      }
    }
    return best;
  }

  private void shuffle(double[] x) {
    for (int i = x.length - 1; i > 0; i--) {
      int j = draw.applyAsInt(i + 1);
      double other = x[j];
      x[j] = x[i];
      x[i] = other;
    }
  }

  /** With the means of the stretches between. */
  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      int start = i == 0 ? 0 : found.get(i - 1).at();
      int at = found.get(i).at();
      int end = i + 1 < found.size() ? found.get(i + 1).at() : series.length;
      changes.add(new Change(at, mean(start, at), mean(at, end), found.get(i).p()));
    }
    return changes;
  }

  private double mean(int from, int to) {
    return Descriptive.mean(Arrays.copyOfRange(series, from, to));
  }
}
