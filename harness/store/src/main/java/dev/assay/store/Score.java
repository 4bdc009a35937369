package dev.assay.store;

import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Estimate;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PRange;
import dev.assay.statistics.PairedTests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the seeds of one entrant say of one metric. Sampling seeds of one training are averaged.
 *
 * @param bySeed value by training seed
 * @param low lower end of the interval: over seeds if there are several, else over test items, else
 *     the value itself
 */
record Score(
    Entrant entrant,
    Map<Long, Double> bySeed,
    int failed,
    double mean,
    @Nullable Double sd,
    double low,
    double high) {
  private static final double CONFIDENCE = 0.95;

  /** With fewer pairs no p of sign flips is small enough for Holm's correction over a board. */
  private static final int FLIPPED = 10;

  /** A number and the training seed of its run. */
  record Seeded(long seed, MetricRow row) {}

  static Score of(Entrant entrant, List<Seeded> values, int failed) {
    Map<Long, List<Double>> all = new TreeMap<>();
    for (Seeded value : values) {
      all.computeIfAbsent(value.seed(), s -> new ArrayList<>()).add(value.row().value());
    }
    Map<Long, Double> bySeed = new TreeMap<>();
    all.forEach((seed, list) -> bySeed.put(seed, Descriptive.mean(array(list))));
    double[] seeds = array(bySeed.values());
    double mean = Descriptive.mean(seeds);
    if (seeds.length > 1) {
      Interval interval = Interval.student(CONFIDENCE, seeds);
      return new Score(
          entrant,
          bySeed,
          failed,
          mean,
          Descriptive.deviation(seeds),
          interval.low(),
          interval.high());
    }
    Interval items = items(values, mean);
    return new Score(entrant, bySeed, failed, mean, null, items.low(), items.high());
  }

  /** Mean over sampling seeds of the intervals over test items. */
  private static Interval items(List<Seeded> values, double mean) {
    double low = 0;
    double high = 0;
    for (Seeded value : values) {
      Double below = value.row().low();
      Double above = value.row().high();
      if (below == null || above == null) {
        return new Interval(mean, mean);
      }
      low += below / values.size();
      high += above / values.size();
    }
    return new Interval(low, high);
  }

  private static double[] array(Iterable<Double> values) {
    List<Double> list = new ArrayList<>();
    values.forEach(list::add);
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  int seeds() {
    return bySeed.size();
  }

  /**
   * Two-sided p of no difference: paired over the seeds that both have, by sign flips where there
   * are enough of them and by Student's test where not; of independent means where there are no
   * such pairs. A failed seed counts as worse than any number.
   *
   * @param range outside of which it is enough that p is on the right side
   */
  double p(Score other, PRange range) {
    if ((failed > 0) != (other.failed > 0)) {
      return 0;
    }
    double[] differences = differences(other);
    if (differences.length > 1) {
      boolean flips = differences.length >= FLIPPED && differences.length <= PairedTests.EXACT;
      return flips ? PairedTests.signFlip(differences) : range.t(differences);
    }
    if (seeds() > 1 && other.seeds() > 1) {
      return Estimate.ofDifference(array(bySeed.values()), array(other.bySeed.values())).pOfZero();
    }
    return Estimate.normal(mean - other.mean, Math.hypot(error(), other.error())).pOfZero();
  }

  /** Over the seeds that both have. */
  private double[] differences(Score other) {
    double[] differences = new double[Math.min(bySeed.size(), other.bySeed.size())];
    int found = 0;
    for (Map.Entry<Long, Double> own : bySeed.entrySet()) {
      Double theirs = other.bySeed.get(own.getKey());
      if (theirs != null) {
        differences[found++] = own.getValue() - theirs;
      }
    }
    return Arrays.copyOf(differences, found);
  }

  private double error() {
    Double deviation = sd;
    return deviation == null
        ? new Interval(low, high).normalError(CONFIDENCE)
        : deviation / Math.sqrt(seeds());
  }
}
