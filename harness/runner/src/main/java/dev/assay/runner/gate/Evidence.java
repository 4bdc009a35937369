package dev.assay.runner.gate;

import dev.assay.runner.gate.Side.Repeat;
import dev.assay.statistics.Estimate;
import dev.assay.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What repeats tell of a change, positive for worse.
 *
 * @param ratio whether it is a logarithm of a ratio, and not a difference
 * @param how in words
 */
record Evidence(boolean ratio, Estimate change, int repeats, String how) {
  private static final double CONFIDENCE = 0.95;

  /**
   * The evidence of repeats on both sides: paired where they have seeds in common (the k-th with
   * the k-th of equal seeds: interleaved repeats), else of two independent groups, else of two
   * single numbers by their own intervals. Empty where a single number has none.
   *
   * @param ratio whether the change is a ratio; all numbers are positive then
   * @param lower whether lower is better
   */
  static Optional<Evidence> of(
      List<Repeat> baseline, List<Repeat> candidate, boolean ratio, boolean lower) {
    double sign = lower ? 1 : -1;
    List<Repeat[]> pairs = pairs(baseline, candidate);
    if (pairs.isEmpty()) {
      return ofGroups(baseline, candidate, ratio, sign);
    }
    double[] changes = changes(pairs, ratio, sign);
    if (changes.length == 1) {
      Repeat[] pair = pairs.getFirst();
      String which = baseline.size() + candidate.size() > 2 ? "of the one seed in common: " : "";
      return pairs.size() == 1 ? ofSingles(pair[0], pair[1], ratio, sign, which) : Optional.empty();
    }
    return Optional.of(
        new Evidence(ratio, Estimate.ofMean(changes), changes.length, changes.length + " pairs"));
  }

  /** The k-th repeats with equal seeds belong together. */
  static List<Repeat[]> pairs(List<Repeat> baseline, List<Repeat> candidate) {
    Map<List<Long>, List<Repeat>> bySeeds = new LinkedHashMap<>();
    for (Repeat repeat : baseline) {
      bySeeds.computeIfAbsent(seeds(repeat), s -> new ArrayList<>()).add(repeat);
    }
    Map<List<Long>, Integer> used = new LinkedHashMap<>();
    List<Repeat[]> pairs = new ArrayList<>();
    for (Repeat repeat : candidate) {
      List<Repeat> partners = bySeeds.getOrDefault(seeds(repeat), List.of());
      int k = used.merge(seeds(repeat), 1, Integer::sum) - 1;
      if (k < partners.size()) {
        pairs.add(new Repeat[] {partners.get(k), repeat});
      }
    }
    return pairs;
  }

  private static List<Long> seeds(Repeat repeat) {
    return List.of(repeat.trainSeed(), repeat.sampleSeed());
  }

  /**
   * One change for each independent repeat: times differ at each repeat; other numbers of one
   * training share its chance, so that sampling seeds are averaged.
   */
  private static double[] changes(List<Repeat[]> pairs, boolean ratio, double sign) {
    if (ratio) {
      return pairs.stream()
          .mapToDouble(pair -> sign * Math.log(pair[1].number() / pair[0].number()))
          .toArray();
    }
    Map<Long, List<Double>> byTraining = new LinkedHashMap<>();
    for (Repeat[] pair : pairs) {
      byTraining
          .computeIfAbsent(pair[0].trainSeed(), s -> new ArrayList<>())
          .add(sign * (pair[1].number() - pair[0].number()));
    }
    return byTraining.values().stream()
        .mapToDouble(list -> list.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .toArray();
  }

  private static Optional<Evidence> ofGroups(
      List<Repeat> baseline, List<Repeat> candidate, boolean ratio, double sign) {
    double[] b = baseline.stream().mapToDouble(r -> scale(r.number(), ratio)).toArray();
    double[] c = candidate.stream().mapToDouble(r -> scale(r.number(), ratio)).toArray();
    if (b.length == 1 && c.length == 1) {
      return ofSingles(baseline.getFirst(), candidate.getFirst(), ratio, sign, "");
    }
    if (b.length < 2 || c.length < 2) {
      return Optional.empty();
    }
    double[] worse = sign > 0 ? c : b;
    double[] better = sign > 0 ? b : c;
    return Optional.of(
        new Evidence(
            ratio,
            Estimate.ofDifference(worse, better),
            Math.min(b.length, c.length),
            b.length + " and " + c.length + " repeats without common seeds (Welch)"));
  }

  /**
   * Two single numbers: their intervals over test items, taken as independent.
   *
   * @param which begins the words, where there are other numbers too
   */
  private static Optional<Evidence> ofSingles(
      Repeat baseline, Repeat candidate, boolean ratio, double sign, String which) {
    double change = sign * (scale(candidate.number(), ratio) - scale(baseline.number(), ratio));
    double error = Math.hypot(error(baseline, ratio), error(candidate, ratio));
    if (change == 0) {
      error = 0;
    }
    return Double.isNaN(error)
        ? Optional.empty()
        : Optional.of(
            new Evidence(
                ratio,
                Estimate.normal(change, error),
                1,
                which
                    + (change == 0
                        ? "equal to the last digit"
                        : "one repeat, intervals over test items")));
  }

  private static double error(Repeat repeat, boolean ratio) {
    double low = scale(repeat.value().low(), ratio);
    double high = scale(repeat.value().high(), ratio);
    return new Interval(low, high).normalError(CONFIDENCE);
  }

  private static double scale(double value, boolean ratio) {
    return ratio ? Math.log(value) : value;
  }
}
