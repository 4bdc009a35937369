package dev.assay.runner.gate;

import dev.assay.runner.gate.Side.Quantity;
import dev.assay.runner.gate.Side.Repeat;
import dev.assay.statistics.Descriptive;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Demands that need no statistics: what does not depend on chance must not change, or not grow. */
final class ExactGate {
  /** Another number of parameters is another model. */
  private static final Set<String> PARAMETERS = Set.of("parameters", "parameters.trained");

  private static final String DATA = "hash.data";

  private static final String ALLOCATED = "allocated_bytes_per_step";

  /** More operations or bytes are worse, whatever the clock says. */
  private static final Set<String> COSTS =
      Set.of("flops_per_step", ALLOCATED, JmhResults.ALLOCATED_BYTES);

  /** Of a training, what may be compared without statistics. */
  static final Set<String> COUNTS =
      Set.of("parameters", "parameters.trained", "flops_per_step", ALLOCATED);

  /** Objects that the JVM's compiler may or may not do away with, in an update. */
  private static final double COMPILED_AWAY = 4096;

  private static final double COMPILED_AWAY_PART = 0.25;

  /** What other threads allocate meanwhile is counted along: a byte, or a part of this size. */
  private static final double ALLOCATION_NOISE = 1e-3;

  private ExactGate() {}

  record Result(Verdict verdict, String reason) {}

  static boolean applies(Quantity quantity) {
    return quantity.isHash() || isCount(quantity.metric());
  }

  /** Whether a metric is no matter of chance. */
  static boolean isCount(String metric) {
    return PARAMETERS.contains(metric) || COSTS.contains(metric);
  }

  /** Whether both sides say which data they used, and they differ. */
  static boolean otherData(Map<Quantity, List<Repeat>> before, Map<Quantity, List<Repeat>> after) {
    Set<String> first = data(before);
    Set<String> second = data(after);
    return !first.isEmpty() && !second.isEmpty() && !first.equals(second);
  }

  private static Set<String> data(Map<Quantity, List<Repeat>> numbers) {
    return numbers.entrySet().stream()
        .filter(entry -> entry.getKey().metric().equals(DATA))
        .flatMap(entry -> entry.getValue().stream())
        .map(repeat -> repeat.value().signature())
        .collect(Collectors.toSet());
  }

  /** Compares repeats with equal seeds. */
  static Result compare(Quantity quantity, List<Repeat> before, List<Repeat> after) {
    List<Repeat[]> pairs = Evidence.pairs(before, after);
    if (pairs.isEmpty()) {
      return new Result(Verdict.INCONCLUSIVE, "no repeats with equal seeds");
    }
    if (quantity.isHash()) {
      return hashes(pairs);
    }
    double most = 0;
    double least = 0;
    double spread = isAllocated(quantity) ? Math.max(spread(before), spread(after)) : 0;
    for (Repeat[] pair : isAllocated(quantity) ? least(before, after) : pairs) {
      double change = pair[1].number() - pair[0].number();
      if (Double.isNaN(change)) {
        return new Result(Verdict.INCONCLUSIVE, "it is no number");
      }
      if (Math.abs(change) <= tolerance(quantity, pair[0].number()) + spread) {
        continue;
      }
      most = Math.max(most, change);
      least = Math.min(least, change);
    }
    if (most == 0 && least == 0) {
      return new Result(
          Verdict.EQUIVALENT, spread > 0 ? "no more than iterations differ by" : "equal");
    }
    if (PARAMETERS.contains(quantity.metric())) {
      return new Result(Verdict.REGRESSED, "another number of parameters is another model");
    }
    return most > 0
        ? new Result(Verdict.REGRESSED, "more than before")
        : new Result(Verdict.IMPROVED, "less than before");
  }

  private static boolean isAllocated(Quantity quantity) {
    return quantity.metric().equals(ALLOCATED)
        || quantity.metric().equals(JmhResults.ALLOCATED_BYTES);
  }

  /**
   * Of JMH's iterations, from the least to the median: where an operation takes long, what other
   * threads allocate meanwhile is a large part of it. None of trainings, which have a tolerance.
   */
  private static double spread(List<Repeat> repeats) {
    double[] sorted = repeats.stream().mapToDouble(Repeat::number).sorted().toArray();
    boolean benchmark = repeats.getFirst().value().kind().equals(JmhResults.KIND);
    return benchmark ? Descriptive.quantile(sorted, 0.5) - sorted[0] : 0;
  }

  /** Once compiled, all repeats allocate alike, and anything else only adds: the least counts. */
  private static List<Repeat[]> least(List<Repeat> before, List<Repeat> after) {
    Comparator<Repeat> byNumber = Comparator.comparingDouble(Repeat::number);
    return List.<Repeat[]>of(
        new Repeat[] {Collections.min(before, byNumber), Collections.min(after, byNumber)});
  }

  private static double tolerance(Quantity quantity, double before) {
    if (quantity.metric().equals(ALLOCATED)) {
      return Math.max(COMPILED_AWAY, COMPILED_AWAY_PART * before);
    }
    return quantity.metric().equals(JmhResults.ALLOCATED_BYTES)
        ? Math.max(1, ALLOCATION_NOISE * Math.abs(before))
        : 0;
  }

  private static Result hashes(List<Repeat[]> pairs) {
    for (Repeat[] pair : pairs) {
      String before = pair[0].value().signature();
      String after = pair[1].value().signature();
      if (!before.equals(after)) {
        return new Result(
            Verdict.REGRESSED,
            "seed "
                + pair[0].trainSeed()
                + " gives other bits: "
                + beginning(after)
                + ", not "
                + beginning(before));
      }
    }
    return new Result(Verdict.EQUIVALENT, "the same bits");
  }

  private static String beginning(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}
