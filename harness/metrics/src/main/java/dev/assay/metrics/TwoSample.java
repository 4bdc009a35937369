package dev.assay.metrics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Statistics that compare two samples through the distances of their points. They do not depend on
 * the order of the points, up to rounding, except where a statistic says so.
 */
public final class TwoSample {
  private TwoSample() {}

  /**
   * Leave-one-out 1-nearest-neighbour classification of the pooled sample (Lopez-Paz and Oquab
   * 2017). 0.5 is ideal, 0 means copies, 1 means separable.
   *
   * @param real share of real points whose neighbour is real
   * @param fake share of sampled points whose neighbour is sampled
   */
  public record NeighbourAccuracy(double accuracy, double real, double fake) {}

  /**
   * Accuracies on the pooled sample. Among equally near neighbours each counts its share, so that
   * points that occur many times favour neither side.
   *
   * @param real at least 1 point
   * @param fake at least 1 point
   */
  public static NeighbourAccuracy neighbourAccuracy(Points real, Points fake) {
    Points pooled = real.and(fake);
    Neighbours neighbours = new Neighbours(pooled.rows(), real.rows());
    Distances.above(
        pooled,
        (i, d) -> {
          for (int j = i + 1; j < d.length; j++) {
            neighbours.pair(i, j, d[j]);
          }
        });
    double ofReal = neighbours.right(0, real.rows());
    double ofFake = neighbours.right(real.rows(), pooled.rows());
    return new NeighbourAccuracy(
        (ofReal + ofFake) / pooled.rows(), ofReal / real.rows(), ofFake / fake.rows());
  }

  /** The nearest of all points to each, and how many of them are real and fake. */
  private static final class Neighbours {
    private final double[] best;
    private final int[] real;
    private final int[] fake;
    private final int reals;

    /**
     * @param reals the first points are real, the others fake
     */
    Neighbours(int points, int reals) {
      this.reals = reals;
      best = new double[points];
      Arrays.fill(best, Double.POSITIVE_INFINITY);
      real = new int[points];
      fake = new int[points];
    }

    void pair(int i, int j, double squared) {
      if (squared <= best[i]) {
        add(i, j, squared);
      }
      if (squared <= best[j]) {
        add(j, i, squared);
      }
    }

    private void add(int point, int neighbour, double squared) {
      if (squared < best[point]) {
        best[point] = squared;
        real[point] = 0;
        fake[point] = 0;
      }
      (neighbour < reals ? real : fake)[point]++;
    }

    /** Sum over points of the share of their neighbours that is of their own kind. */
    double right(int from, int to) {
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += (double) (i < reals ? real : fake)[i] / (real[i] + fake[i]);
      }
      return sum;
    }
  }

  /**
   * Squared maximum mean discrepancy under k(x, y) = exp(−|x − y|² / 2σ²), with σ the median of the
   * pooled pairwise distances (Gretton et al. 2012).
   *
   * @param unbiased without pairs of a point with itself; may be negative (lemma 6); NaN with fewer
   *     than 2 points of either
   * @param biased all pairs: never negative (eq. 5)
   * @param uStatistic also without the pairs (xᵢ, yᵢ), for equal counts, and so dependent on the
   *     order of one against the other; NaN otherwise
   * @param sigma 0 where more than half of the pairs are equal; k is then its limit, 1 for equal
   *     points and 0 for others
   */
  public record Mmd(double unbiased, double biased, double uStatistic, double sigma) {}

  /** The discrepancy of two samples. Memory: 16 bytes for each pair of points, both together. */
  public static Mmd mmd(Points x, Points y) {
    double[] squared = pairs(x.and(y));
    double sigma = medianRoot(squared);
    double scale = -1 / (2 * sigma * sigma);
    Sums k = sums(squared, x.rows(), y.rows(), s -> s == 0 ? 1 : Math.exp(s * scale));
    double n = x.rows();
    double m = y.rows();
    double within = k.xx / (n * (n - 1)) + k.yy / (m * (m - 1));
    double cross = k.xy / (n * m);
    return new Mmd(
        within - 2 * cross,
        (k.xx + n) / (n * n) + (k.yy + m) / (m * m) - 2 * cross,
        n == m ? within - 2 * (k.xy - k.paired) / (n * (n - 1)) : Double.NaN,
        sigma);
  }

  /**
   * 2 E|X − Y| − E|X − X′| − E|Y − Y′| (Székely and Rizzo 2013).
   *
   * @param v all pairs: never negative, and larger the fewer points there are
   * @param u without pairs of a point with itself: unbiased, so it may be negative; NaN with fewer
   *     than 2 points of either
   */
  public record Energy(double v, double u) {}

  /** The energy distance of two samples. Memory: 8 bytes for each pair of points. */
  public static Energy energy(Points x, Points y) {
    Sums d = sums(pairs(x.and(y)), x.rows(), y.rows(), Math::sqrt);
    double n = x.rows();
    double m = y.rows();
    double cross = 2 * d.xy / (n * m);
    return new Energy(
        cross - d.xx / (n * n) - d.yy / (m * m),
        cross - d.xx / (n * (n - 1)) - d.yy / (m * (m - 1)));
  }

  /**
   * Sums of a function of the distance.
   *
   * @param xx over ordered pairs of different points of x
   * @param yy the same of y
   * @param xy over all pairs of one point of each
   * @param paired over the pairs (xᵢ, yᵢ)
   */
  private record Sums(double xx, double yy, double xy, double paired) {}

  private static Sums sums(double[] squared, int n, int m, DoubleUnaryOperator function) {
    double xx = 0;
    double yy = 0;
    double xy = 0;
    double paired = 0;
    int at = 0;
    for (int i = 0; i < n + m; i++) {
      double toX = 0;
      double toY = 0;
      for (int j = i + 1; j < n + m; j++) {
        double value = function.applyAsDouble(squared[at++]);
        if (j < n) {
          toX += value;
        } else {
          toY += value;
        }
        paired += i < n && j == n + i ? value : 0;
      }
      xx += toX;
      if (i < n) {
        xy += toY;
      } else {
        yy += toY;
      }
    }
    return new Sums(2 * xx, 2 * yy, xy, paired);
  }

  /** |xᵢ − xⱼ|² for all i &lt; j, row after row. */
  private static double[] pairs(Points x) {
    long count = (long) x.rows() * (x.rows() - 1) / 2;
    double[] all = new double[Math.toIntExact(count)];
    int[] next = new int[1];
    Distances.above(
        x,
        (i, d) -> {
          int length = x.rows() - i - 1;
          System.arraycopy(d, i + 1, all, next[0], length);
          next[0] += length;
        });
    return all;
  }

  /** Median of the distances; the root keeps the order. */
  private static double medianRoot(double[] squared) {
    if (squared.length == 0) {
      return Double.NaN;
    }
    double[] order = squared.clone();
    int middle = order.length / 2;
    double upper = Math.sqrt(Selection.smallest(order, middle));
    if (order.length % 2 == 1) {
      return upper;
    }
    double lower = Math.sqrt(Arrays.stream(order, 0, middle).max().orElseThrow());
    return lower + (upper - lower) / 2;
  }

  /**
   * For each sample 1 if it is strictly closer to a training point than to any held-out point, ½ if
   * as close, else 0. Their mean is ideally ½ where both sets are equally large; 1 means copies.
   */
  public static double[] closerToTrain(Points samples, Points train, Points held) {
    double[] toTrain = Distances.nearest(samples, train);
    double[] toHeld = Distances.nearest(samples, held);
    double[] closer = new double[toTrain.length];
    Arrays.setAll(closer, i -> (1 + Integer.signum(Double.compare(toHeld[i], toTrain[i]))) / 2.0);
    return closer;
  }
}
