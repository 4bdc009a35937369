package dev.assay.metrics.latent;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A random forest that tells a class from numbers (Breiman 2001): trees of limited depth, each on a
 * bootstrap of the rows, split where the Gini impurity falls most.
 */
public final class Forest {
  private static final int TREES = 10;
  private static final int DEPTH = 10;

  private final Node[] trees = new Node[TREES];
  private final double[] importance;
  private final int classes;

  /**
   * @param feature that is asked for; −1 in a leaf
   * @param label of a leaf
   */
  private record Node(
      int feature, double threshold, int label, @Nullable Node below, @Nullable Node above) {
    int of(double[] row) {
      return below == null || above == null
          ? label
          : (row[feature] <= threshold ? below : above).of(row);
    }
  }

  private record Split(int feature, double threshold, double gain) {}

  private Forest(int features, int classes) {
    importance = new double[features];
    this.classes = classes;
  }

  /**
   * Fits a forest.
   *
   * @param x [rows, features], at least one row
   * @param y class of each row, from 0
   */
  public static Forest fit(double[][] x, int[] y, RandomStream random) {
    Forest forest = new Forest(x[0].length, Arrays.stream(y).max().orElse(0) + 1);
    for (int t = 0; t < TREES; t++) {
      RandomStream stream = random.child(t);
      int[] rows = new int[x.length];
      Arrays.setAll(rows, _ -> stream.nextInt(x.length));
      forest.trees[t] = forest.grow(x, y, rows, DEPTH);
    }
    return forest;
  }

  /** The class that most trees name; of several the smallest. */
  public int classify(double[] row) {
    int[] votes = new int[classes];
    for (Node tree : trees) {
      votes[tree.of(row)]++;
    }
    return most(votes);
  }

  /**
   * How much each feature lowers the impurity, over all splits and trees, weighted by rows: none is
   * negative.
   */
  public double[] importance() {
    return importance.clone();
  }

  private Node grow(double[][] x, int[] y, int[] rows, int depth) {
    int[] counts = counts(y, rows);
    int label = most(counts);
    Split best = null;
    for (int f = 0; depth > 0 && counts[label] < rows.length && f < importance.length; f++) {
      Split split = best(x, y, rows, counts, f);
      best = best == null || split.gain() > best.gain() ? split : best;
    }
    if (best == null || best.gain() <= 0) {
      return new Node(-1, 0, label, null, null);
    }
    Split chosen = best;
    importance[chosen.feature()] += chosen.gain();
    IntPredicate low = i -> x[i][chosen.feature()] <= chosen.threshold();
    return new Node(
        chosen.feature(),
        chosen.threshold(),
        label,
        grow(x, y, Arrays.stream(rows).filter(low).toArray(), depth - 1),
        grow(x, y, Arrays.stream(rows).filter(low.negate()).toArray(), depth - 1));
  }

  /** The threshold between two rows after which Σ rows · impurity is least. */
  private static Split best(double[][] x, int[] y, int[] rows, int[] counts, int feature) {
    int[] sorted =
        IntStream.of(rows)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i][feature]))
            .mapToInt(i -> i)
            .toArray();
    int[] below = new int[counts.length];
    int[] above = counts.clone();
    double whole = impurity(counts, rows.length);
    Split best = new Split(feature, 0, 0);
    for (int i = 0; i < sorted.length - 1; i++) {
      below[y[sorted[i]]]++;
      above[y[sorted[i]]]--;
      double here = x[sorted[i]][feature];
      double next = x[sorted[i + 1]][feature];
      double gain = whole - impurity(below, i + 1) - impurity(above, sorted.length - i - 1);
      if (here < next && gain > best.gain()) {
        best = new Split(feature, here, gain);
      }
    }
    return best;
  }

  /** Rows times Gini impurity. */
  private static double impurity(int[] counts, int rows) {
    double squares = 0;
    for (int count : counts) {
      squares += (double) count * count;
    }
    return rows - squares / rows;
  }

  private int[] counts(int[] y, int[] rows) {
    int[] counts = new int[classes];
    for (int row : rows) {
      counts[y[row]]++;
    }
    return counts;
  }

  private static int most(int[] counts) {
    int most = 0;
    for (int k = 1; k < counts.length; k++) {
      most = counts[k] > counts[most] ? k : most;
    }
    return most;
  }
}
