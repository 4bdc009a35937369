package dev.assay.runner.execute;

import dev.assay.store.ComparabilityKey;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sets two models against each other over the seeds that both were trained with. */
public final class SeedComparison {
  private SeedComparison() {}

  /**
   * A number that both models have for at least two common seeds, made in the same way.
   *
   * @param first the number of the first model with the first common seed
   * @param firstMean over the common seeds
   */
  public record Line(
      MetricRow first, MetricRow second, double firstMean, double secondMean, SeedTest test) {
    /** Whether the first is better; meaningless for a tie. */
    public boolean isFirstBetter() {
      return first.direction().equals("higher") == test.difference() > 0;
    }
  }

  /** Two numbers of equal meaning, whatever the sampler behind each. */
  private record Pair(
      MetricRow first, MetricRow second, ComparabilityKey key, ComparabilityKey other) {
    static Pair of(RunRecord a, MetricRow first, RunRecord b, MetricRow second) {
      return new Pair(first, second, ComparabilityKey.of(a, first), ComparabilityKey.of(b, second));
    }

    /** Equal for the pairs of all seeds. */
    List<Object> meaning() {
      return List.of(key, first.sampler(), second.sampler());
    }

    boolean isComparable() {
      return key.equals(other);
    }
  }

  /** The runs among {@code all} that are done and differ from one by seed alone, by seed. */
  public static List<RunRecord> seeds(RunRecord one, List<RunRecord> all) {
    Map<Long, RunRecord> seeds = new TreeMap<>();
    for (RunRecord other : all) {
      if (other.status() == RunStatus.DONE
          && other.experiment().equals(one.experiment())
          && withoutSeed(other).equals(withoutSeed(one))) {
        seeds.putIfAbsent(other.subject().trainSeed(), other);
      }
    }
    return List.copyOf(seeds.values());
  }

  private static Map<String, Object> withoutSeed(RunRecord record) {
    Map<String, Object> config = new LinkedHashMap<>(record.config());
    config.remove("seed");
    config.put("model name", record.subject().model());
    return config;
  }

  /**
   * All numbers that can be paired, in order of the first run.
   *
   * @param first runs of one model that differ by seed alone
   * @param second runs of another
   */
  public static List<Line> of(List<RunRecord> first, List<RunRecord> second) {
    Map<List<Object>, List<Pair>> pairs = new LinkedHashMap<>();
    for (RunRecord a : first) {
      for (RunRecord b : second) {
        if (a.subject().trainSeed() == b.subject().trainSeed()) {
          pairs(a, b)
              .forEach(
                  pair -> pairs.computeIfAbsent(pair.meaning(), m -> new ArrayList<>()).add(pair));
        }
      }
    }
    return pairs.values().stream()
        .filter(several -> several.size() > 1)
        .map(SeedComparison::line)
        .toList();
  }

  private static List<Pair> pairs(RunRecord a, RunRecord b) {
    return a.metrics().stream()
        .flatMap(row -> b.metrics().stream().map(other -> Pair.of(a, row, b, other)))
        .filter(Pair::isComparable)
        .toList();
  }

  private static Line line(List<Pair> pairs) {
    double[] x = pairs.stream().mapToDouble(pair -> pair.first().value()).toArray();
    double[] y = pairs.stream().mapToDouble(pair -> pair.second().value()).toArray();
    Pair one = pairs.getFirst();
    return new Line(one.first(), one.second(), mean(x), mean(y), SeedTest.of(x, y));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }
}
