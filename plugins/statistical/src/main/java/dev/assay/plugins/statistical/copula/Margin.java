package dev.assay.plugins.statistical.copula;

import dev.assay.plugins.statistical.linear.Normal;
import java.util.Arrays;

/** The distribution F of one column. */
sealed interface Margin {
  /** F(x−), the probability of less than x. */
  double below(double x);

  /** F(x), the probability of at most x. */
  double upTo(double x);

  /** −ln of the density or mass at x, in nats. */
  double nats(double x);

  /** Smallest x with F(x) ≥ u, for u on (0, 1). */
  double quantile(double u);

  /**
   * F(x) = (1/m) Σ Φ((x − qᵢ) / hᵢ): normals of equal weight at quantiles of the column, each as
   * wide as its neighbours are far.
   *
   * @param centres q [m], increasing
   * @param widths h [m]
   */
  record Continuous(double[] centres, double[] widths) implements Margin {
    /** Of the column's deviation: keeps repeated values from a density without bound. */
    private static final double SMALLEST_WIDTH = 0.02;

    /** Widths beyond which a normal counts as whole or as nothing. */
    private static final double REACH = 8.3;

    private static final int STEPS = 100;

    static Continuous standard() {
      return new Continuous(new double[1], new double[] {1});
    }

    static Continuous of(float[] column, int quantiles) {
      float[] sorted = column.clone();
      Arrays.sort(sorted);
      double mean = 0;
      for (float x : sorted) {
        mean += x / (double) sorted.length;
      }
      double variance = 0;
      for (float x : sorted) {
        variance += (x - mean) * (x - mean) / sorted.length;
      }
      int last = sorted.length - 1;
      double[] centres = new double[Math.min(quantiles, sorted.length)];
      double[] widths = new double[centres.length];
      for (int i = 0; i < centres.length; i++) {
        double place = (i + 0.5) / centres.length;
        double beside = 1.0 / centres.length;
        centres[i] = at(sorted, place * last);
        double apart = at(sorted, (place + beside) * last) - at(sorted, (place - beside) * last);
        double floor = SMALLEST_WIDTH * Math.sqrt(variance) + 1e-6 * (1 + Math.abs(mean));
        widths[i] = Math.max(apart / 2, floor);
      }
      return new Continuous(centres, widths);
    }

    /** The value at a place between two of a sorted list. */
    private static double at(float[] sorted, double place) {
      double inside = Math.clamp(place, 0, sorted.length - 1);
      int below = (int) inside;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (inside - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public double below(double x) {
      return upTo(x);
    }

    @Override
    public double upTo(double x) {
      double sum = 0;
      for (int i = 0; i < centres.length; i++) {
        double z = (x - centres[i]) / widths[i];
        if (z > REACH) {
          sum++;
        } else if (z > -REACH) {
          sum += Normal.cdf(z);
        }
      }
      return sum / centres.length;
    }

    private double density(double x) {
      double sum = 0;
      for (int i = 0; i < centres.length; i++) {
        sum += Normal.density((x - centres[i]) / widths[i]) / widths[i];
      }
      return sum / centres.length;
    }

    @Override
    public double nats(double x) {
      return -Math.log(density(x));
    }

    /** Newton's steps where they stay within known bounds, else bisection. */
    @Override
    public double quantile(double u) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < centres.length; i++) {
        low = Math.min(low, centres[i] - REACH * widths[i]);
        high = Math.max(high, centres[i] + REACH * widths[i]);
      }
      double x = centres[(int) (u * (centres.length - 1))];
      for (int i = 0; i < STEPS && high - low > 1e-12 * (1 + Math.abs(x)); i++) {
        double excess = upTo(x) - u;
        low = excess < 0 ? x : low;
        high = excess < 0 ? high : x;
        double next = x - excess / density(x);
        next = next > low && next < high ? next : 0.5 * (low + high);
        if (Math.abs(next - x) <= 1e-13 * (1 + Math.abs(x))) {
          break;
        }
        x = next;
      }
      return x;
    }
  }

  /**
   * The values that occur, as often as they do.
   *
   * @param values increasing
   * @param cumulative probability of at most each value, the last 1
   */
  record Discrete(double[] values, double[] cumulative) implements Margin {
    static Discrete of(float[] column) {
      float[] sorted = column.clone();
      Arrays.sort(sorted);
      double[] values = new double[sorted.length];
      double[] cumulative = new double[sorted.length];
      int used = 0;
      for (int i = 0; i < sorted.length; i++) {
        if (i == 0 || sorted[i] > sorted[i - 1]) {
          values[used++] = sorted[i];
        }
        cumulative[used - 1] = (i + 1) / (double) sorted.length;
      }
      return new Discrete(Arrays.copyOf(values, used), Arrays.copyOf(cumulative, used));
    }

    @Override
    public double below(double x) {
      int found = Arrays.binarySearch(values, x);
      int first = found >= 0 ? found : -found - 1;
      return first == 0 ? 0 : cumulative[first - 1];
    }

    @Override
    public double upTo(double x) {
      int found = Arrays.binarySearch(values, x);
      int last = found >= 0 ? found : -found - 2;
      return last < 0 ? 0 : cumulative[last];
    }

    @Override
    public double nats(double x) {
      return -Math.log(upTo(x) - below(x));
    }

    @Override
    public double quantile(double u) {
      int found = Arrays.binarySearch(cumulative, u);
      int index = found >= 0 ? found : -found - 1;
      return values[Math.min(index, values.length - 1)];
    }
  }
}
