package dev.assay.statistics;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap intervals of 95 % (Efron 1979). Randomness is a function from a bound to a
 * whole number, uniform from 0 to below the bound, such as {@code RandomStream::nextInt}.
 */
public final class Bootstrap {
  /** Of an interval. */
  public static final double CONFIDENCE = 0.95;

  private static final int ROUNDS = 2000;

  private Bootstrap() {}

  /**
   * The interval of any summary of independent values, such as {@link Descriptive#iqm}.
   *
   * @param x at least one value
   */
  public static Interval of(double[] x, ToDoubleFunction<double[]> summary, IntUnaryOperator draw) {
    double[] statistics = new double[ROUNDS];
    double[] resample = new double[x.length];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < x.length; i++) {
        resample[i] = x[draw.applyAsInt(x.length)];
      }
      statistics[round] = summary.applyAsDouble(resample);
    }
    return Interval.percentile(CONFIDENCE, statistics);
  }

  /**
   * The interval of the mean of scores that differ by training seed and by test item: seeds are
   * resampled, then items. Every seed meets the same test items, so a round draws them once for all
   * its seeds; drawn for each seed anew, the chance of the test set would cancel in the mean.
   *
   * @param scores [seed][item], equally many items for each seed
   */
  public static Interval seedsThenItems(double[][] scores, IntUnaryOperator draw) {
    int seeds = scores.length;
    int items = scores[0].length;
    double[] means = new double[ROUNDS];
    double[] sums = new double[items];
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(sums, 0);
      for (int s = 0; s < seeds; s++) {
        double[] drawn = scores[draw.applyAsInt(seeds)];
        for (int i = 0; i < items; i++) {
          sums[i] += drawn[i];
        }
      }
      double total = 0;
      for (int i = 0; i < items; i++) {
        total += sums[draw.applyAsInt(items)];
      }
      means[round] = total / seeds / items;
    }
    return Interval.percentile(CONFIDENCE, means);
  }

  /**
   * The interval of the mean of nested measurements, such as iterations within processes: outer
   * groups are resampled, then values within each (hierarchical bootstrap, Kalibera and Jones
   * 2013).
   *
   * @param values [group][value], groups of any sizes, none empty
   */
  public static Interval nested(double[][] values, IntUnaryOperator draw) {
    double[] means = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      means[round] = nestedMean(values, draw);
    }
    return Interval.percentile(CONFIDENCE, means);
  }

  /**
   * The logarithm of the ratio of two programs' durations, second by first, from pairs of processes
   * that took turns: the mean over pairs of the logarithm of the ratio of means. Pairs are
   * resampled, then the durations within each process; the error is the deviation of the resamples,
   * widened by √(n / (n − 1)) and used with Student's n − 1 degrees of freedom, since few pairs
   * resample too narrowly (Hesterberg 2015, "What teachers should know about the bootstrap").
   *
   * @param first [pair][duration], all positive
   * @param second [pair][duration], as many pairs, at least two
   */
  public static Estimate logRatio(double[][] first, double[][] second, IntUnaryOperator draw) {
    int pairs = first.length;
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (int i = 0; i < pairs; i++) {
        int pair = draw.applyAsInt(pairs);
        sum += Math.log(resampledMean(second[pair], draw) / resampledMean(first[pair], draw));
      }
      rounds[round] = sum / pairs;
    }
    double value = 0;
    for (int i = 0; i < pairs; i++) {
      value += Math.log(Descriptive.mean(second[i]) / Descriptive.mean(first[i])) / pairs;
    }
    double error = Descriptive.deviation(rounds) * Math.sqrt(pairs / (pairs - 1.0));
    return new Estimate(value, error, pairs - 1.0);
  }

  /**
   * The interval of a summary of values that belong to strata, such as datasets: resampled within
   * each, then pooled.
   *
   * @param strata [stratum][value], none empty
   */
  public static Interval stratified(
      double[][] strata, ToDoubleFunction<double[]> summary, IntUnaryOperator draw) {
    double[] statistics = new double[ROUNDS];
    double[] pooled = new double[Arrays.stream(strata).mapToInt(s -> s.length).sum()];
    for (int round = 0; round < ROUNDS; round++) {
      int at = 0;
      for (double[] stratum : strata) {
        for (int i = 0; i < stratum.length; i++) {
          pooled[at++] = stratum[draw.applyAsInt(stratum.length)];
        }
      }
      statistics[round] = summary.applyAsDouble(pooled);
    }
    return Interval.percentile(CONFIDENCE, statistics);
  }

  /** Mean of the means of one resample of groups and of values within them. */
  static double nestedMean(double[][] values, IntUnaryOperator draw) {
    double total = 0;
    for (int g = 0; g < values.length; g++) {
      total += resampledMean(values[draw.applyAsInt(values.length)], draw);
    }
    return total / values.length;
  }

  private static double resampledMean(double[] values, IntUnaryOperator draw) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[draw.applyAsInt(values.length)];
    }
    return sum / values.length;
  }
}
