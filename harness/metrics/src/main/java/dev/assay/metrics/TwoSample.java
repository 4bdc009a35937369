package dev.assay.metrics;

import java.util.Arrays;

/** Statistics that compare two samples through the distances of their points. */
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
   * Accuracies on the pooled sample; a tie goes to the point that comes first, real before fake.
   */
  public static NeighbourAccuracy neighbourAccuracy(Points real, Points fake) {
    Points pooled = real.and(fake);
    int[] right = new int[2];
    Distances.squared(
        pooled,
        pooled,
        (i, d) -> {
          int best = -1;
          for (int j = 0; j < d.length; j++) {
            if (j != i && (best < 0 || d[j] < d[best])) {
              best = j;
            }
          }
          boolean isReal = i < real.rows();
          if (isReal == (best < real.rows())) {
            right[isReal ? 0 : 1]++;
          }
        });
    return new NeighbourAccuracy(
        (double) (right[0] + right[1]) / pooled.rows(),
        (double) right[0] / real.rows(),
        (double) right[1] / fake.rows());
  }

  /** Means of a function of the distance over pairs of points. */
  private record Means(
      double xx, double yy, double xy, double xxSelf, double yySelf, double paired) {}

  /**
   * Squared maximum mean discrepancy under k(x, y) = exp(−|x − y|² / 2σ²), with σ the median of the
   * pooled pairwise distances (Gretton et al. 2012).
   *
   * @param unbiased without pairs of a point with itself; may be negative (lemma 6)
   * @param biased all pairs (eq. 5)
   * @param uStatistic also without the pairs (xᵢ, yᵢ), for equal counts; NaN otherwise
   */
  public record Mmd(double unbiased, double biased, double uStatistic, double sigma) {}

  public static Mmd mmd(Points x, Points y) {
    double sigma = medianDistance(x.and(y));
    double scale = sigma > 0 ? -1 / (2 * sigma * sigma) : 0;
    Means k = means(x, y, squared -> Math.exp(squared * scale));
    int n = x.rows();
    int m = y.rows();
    double unbiased = k.xx + k.yy - 2 * k.xy;
    double biased = full(k.xx, k.xxSelf, n) + full(k.yy, k.yySelf, m) - 2 * k.xy;
    double crossed = n == m ? (k.xy * n * n - k.paired) / ((double) n * (n - 1)) : Double.NaN;
    return new Mmd(unbiased, biased, k.xx + k.yy - 2 * crossed, sigma);
  }

  /**
   * 2 E|X − Y| − E|X − X′| − E|Y − Y′| (Székely and Rizzo 2013).
   *
   * @param v all pairs: never negative
   * @param u without pairs of a point with itself: unbiased
   */
  public record Energy(double v, double u) {}

  public static Energy energy(Points x, Points y) {
    Means d = means(x, y, Math::sqrt);
    double v = 2 * d.xy - full(d.xx, d.xxSelf, x.rows()) - full(d.yy, d.yySelf, y.rows());
    return new Energy(v, 2 * d.xy - d.xx - d.yy);
  }

  /** The mean over all pairs, from that over different ones and the sum over equal ones. */
  private static double full(double different, double self, int n) {
    return (different * (n - 1) + self / n) / n;
  }

  private interface OfSquared {
    double at(double squared);
  }

  private static Means means(Points x, Points y, OfSquared fn) {
    double[] xx = within(x, fn);
    double[] yy = within(y, fn);
    double[] cross = new double[2];
    Distances.squared(
        x,
        y,
        (i, d) -> {
          double sum = 0;
          for (double squared : d) {
            sum += fn.at(squared);
          }
          cross[0] += sum;
          cross[1] += i < d.length ? fn.at(d[i]) : 0;
        });
    return new Means(
        xx[0], yy[0], cross[0] / ((double) x.rows() * y.rows()), xx[1], yy[1], cross[1]);
  }

  /** The mean over pairs of different points, and the sum over points with themselves. */
  private static double[] within(Points x, OfSquared fn) {
    double[] sums = new double[2];
    Distances.squared(
        x,
        x,
        (i, d) -> {
          double sum = 0;
          for (int j = 0; j < d.length; j++) {
            sum += j == i ? 0 : fn.at(d[j]);
          }
          sums[0] += sum;
          sums[1] += fn.at(d[i]);
        });
    return new double[] {sums[0] / ((double) x.rows() * (x.rows() - 1)), sums[1]};
  }

  /** The median of |xᵢ − xⱼ| over i &lt; j. */
  public static double medianDistance(Points x) {
    int n = x.rows();
    double[] all = new double[n * (n - 1) / 2];
    int[] next = new int[1];
    Distances.squared(
        x,
        x,
        (i, d) -> {
          for (int j = i + 1; j < d.length; j++) {
            all[next[0]++] = d[j];
          }
        });
    Arrays.setAll(all, i -> Math.sqrt(all[i]));
    return Statistics.median(all);
  }

  /**
   * Share of samples strictly closer to a training point than to any held-out point, ties counting
   * half. 0.5 is ideal where both sets are equally large; 1 means copies.
   */
  public static double shareCloserToTrain(Points samples, Points train, Points held) {
    double[] toTrain = Distances.nearest(samples, train, false);
    double[] toHeld = Distances.nearest(samples, held, false);
    double closer = 0;
    for (int i = 0; i < toTrain.length; i++) {
      closer += toTrain[i] < toHeld[i] ? 1 : toTrain[i] == toHeld[i] ? 0.5 : 0;
    }
    return closer / toTrain.length;
  }
}
