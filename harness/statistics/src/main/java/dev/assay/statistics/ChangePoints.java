package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * Where the level of a series changes, upwards or downwards: binary segmentation (Vostrikova 1981)
 * by the largest standardised difference of means, each split tested by permutations. A stretch
 * without a clear split is tested for a part within it whose level differs from the rest, which a
 * single split does not see: a change that was undone (Olshen et al. 2004, "Circular binary
 * segmentation").
 */
public final class ChangePoints {
  /** Values on each side of a change, at least. */
  public static final int LEAST = 3;

  /** Of significance, unless told otherwise. */
  public static final double LEVEL = 0.01;

  /**
   * In a shorter series no split is beyond chance at {@link #LEVEL}: its values have too few
   * orders.
   */
  public static final int SHORTEST = 10;

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

  /**
   * A part of a stretch, from the first place to below the second, that stands out; to the end of
   * the stretch if it is split in two.
   */
  private record Part(int from, int to, double size) {}

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
    if (!split(from, stretch, ChangePoints::tail) && stretch.length >= 3 * LEAST) {
      split(from, stretch, ChangePoints::middle);
    }
  }

  /** Whether the clearest part of a stretch is clearer than chance; its ends are changes then. */
  private boolean split(int from, double[] stretch, Function<double[], Part> search) {
    Part best = search.apply(stretch);
    double[] shuffled = stretch.clone();
    int clearer = 1;
    for (int round = 0; round < ROUNDS; round++) {
      shuffle(shuffled);
      if (search.apply(shuffled).size() >= best.size()) {
        clearer++;
      }
    }
    double p = clearer / (ROUNDS + 1.0);
    if (p > level || best.size() == 0) {
      return false;
    }
    int to = from + stretch.length;
    split(from, from + best.from());
    found.add(new Change(from + best.from(), 0, 0, p));
    split(from + best.from(), from + best.to());
    if (best.to() < stretch.length) {
      found.add(new Change(from + best.to(), 0, 0, p));
      split(from + best.to(), to);
    }
    return true;
  }

  /** The best split in two. */
  private static Part tail(double[] x) {
    double[] sums = sums(x);
    Part best = new Part(LEAST, x.length, 0);
    for (int k = LEAST; k <= x.length - LEAST; k++) {
      double size = size(sums[k], k, x.length);
      if (size > best.size()) {
        best = new Part(k, x.length, size);
      }
    }
    return best;
  }

  /** The best part with something before and after it. */
  private static Part middle(double[] x) {
    double[] sums = sums(x);
    Part best = new Part(LEAST, 2 * LEAST, 0);
    for (int from = LEAST; from <= x.length - 2 * LEAST; from++) {
      for (int to = from + LEAST; to <= x.length - LEAST; to++) {
        double size = size(sums[to] - sums[from], to - from, x.length);
        if (size > best.size()) {
          best = new Part(from, to, size);
        }
      }
    }
    return best;
  }

  /** The sum of squares between a part and the rest; the total does not depend on the order. */
  private static double size(double sum, int count, int all) {
    return sum * sum * all / count / (all - count);
  }

  /** Of deviations from the mean, before each place. */
  private static double[] sums(double[] x) {
    double mean = Descriptive.mean(x);
    double[] sums = new double[x.length + 1];
    for (int i = 0; i < x.length; i++) {
      sums[i + 1] = sums[i] + (x[i] - mean);
    }
    return sums;
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
