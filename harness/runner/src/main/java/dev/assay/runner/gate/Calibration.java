package dev.assay.runner.gate;

import dev.assay.statistics.Descriptive;
import dev.assay.store.ResultRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often the gate errs on results like these, and which margins they can bear: the repeats of
 * each number are split at random into two halves, which the gate compares as if one were the
 * baseline and the other a candidate. Nothing differs between them but chance.
 */
public final class Calibration {
  /** With fewer repeats the halves are so small, and so few, that their verdicts tell nothing. */
  public static final int LEAST = 10;

  private static final double USUAL = 0.95;

  private Calibration() {}

  /**
   * What was counted.
   *
   * @param trials splits
   * @param alarms splits of which any number was REGRESSED
   * @param margins by metric: with this margin 95 % of the splits would be EQUIVALENT, as a part of
   *     the baseline for measured numbers and in the metric's unit for others
   * @param left metrics with too few repeats, and of which model
   */
  public record Result(int trials, int alarms, Map<String, Margin> margins, List<String> left) {
    public double rate() {
      return alarms / (double) trials;
    }
  }

  /**
   * A margin that noise allows.
   *
   * @param ratio whether it is a part of the baseline
   */
  public record Margin(double value, boolean ratio) {}

  /** Splits the repeats of {@code rows} again and again; one without a number is none. */
  public static Result of(List<ResultRow> rows, GateRules rules, int trials) {
    Map<List<Object>, List<ResultRow>> groups = new LinkedHashMap<>();
    for (ResultRow row : rows) {
      if (row.status() == RunStatus.DONE && row.value().isPresent()) {
        ResultRow.Value value = row.value().get();
        boolean exact = value.isHash() || value.isFact() || ExactGate.isCount(value.metric());
        boolean gated = !exact && !value.direction().equals("none");
        if (gated && Double.isFinite(value.value())) {
          groups.computeIfAbsent(group(row, value), g -> new ArrayList<>()).add(row);
        }
      }
    }
    List<String> left = new ArrayList<>();
    List<List<List<ResultRow>>> enough = new ArrayList<>();
    for (List<ResultRow> group : groups.values()) {
      List<List<ResultRow>> repeats = repeats(group);
      if (repeats.size() < LEAST) {
        ResultRow row = group.getFirst();
        left.add(row.value().orElseThrow().metric() + " of " + row.subject().model());
      } else {
        enough.add(repeats);
      }
    }
    return count(enough, rules, trials, left.stream().distinct().toList());
  }

  /** What chance drew anew: each measured number; of others each training, as the gate has it. */
  private static List<List<ResultRow>> repeats(List<ResultRow> group) {
    if (Gate.isSpeed(group.getFirst().value().orElseThrow().kind())) {
      return group.stream().map(List::of).toList();
    }
    Map<Long, List<ResultRow>> bySeed = new LinkedHashMap<>();
    for (ResultRow row : group) {
      bySeed.computeIfAbsent(row.subject().trainSeed(), seed -> new ArrayList<>()).add(row);
    }
    return List.copyOf(bySeed.values());
  }

  private static List<Object> group(ResultRow row, ResultRow.Value value) {
    RunRecord.Subject s = row.subject();
    return List.of(
        row.experiment(),
        s.dataset(),
        s.split(),
        s.model(),
        s.params(),
        s.backend(),
        s.precision(),
        value.metric(),
        value.kind(),
        value.unit(),
        value.signature());
  }

  private static Result count(
      List<List<List<ResultRow>>> groups, GateRules rules, int trials, List<String> left) {
    int alarms = 0;
    Map<String, List<Double>> highs = new TreeMap<>();
    Map<String, Boolean> ratios = new TreeMap<>();
    for (int trial = 0; trial < trials; trial++) {
      RandomStream random = RandomStream.root(0).child("calibrate").child(trial);
      List<ResultRow> before = new ArrayList<>();
      List<ResultRow> after = new ArrayList<>();
      groups.forEach(group -> split(group, random, before, after));
      GateReport report = Gate.compare(before, after, rules);
      alarms += report.verdict() == Verdict.REGRESSED ? 1 : 0;
      for (Finding finding : report.findings()) {
        finding
            .test()
            .ifPresent(test -> {
              highs.computeIfAbsent(finding.metric(), m -> new ArrayList<>()).add(test.high());
              ratios.put(finding.metric(), test.ratio());
            });
      }
    }
    Map<String, Margin> margins = new TreeMap<>();
    highs.forEach((metric, list) -> {
      double[] sorted = list.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double high = Math.max(0, Descriptive.quantile(sorted, USUAL));
      margins.put(metric, new Margin(high, ratios.getOrDefault(metric, false)));
    });
    return new Result(trials, alarms, margins, left);
  }

  /** The seeds become places, so that the halves pair up. */
  private static void split(
      List<List<ResultRow>> repeats,
      RandomStream random,
      List<ResultRow> before,
      List<ResultRow> after) {
    int[] order = random.permutation(repeats.size());
    int half = repeats.size() / 2;
    for (int i = 0; i < half; i++) {
      place(repeats.get(order[i]), i, before);
      place(repeats.get(order[half + i]), i, after);
    }
  }

  private static void place(List<ResultRow> repeat, int place, List<ResultRow> side) {
    for (int sample = 0; sample < repeat.size(); sample++) {
      side.add(placed(repeat.get(sample), place, sample));
    }
  }

  private static ResultRow placed(ResultRow row, int place, int sample) {
    RunRecord.Subject s = row.subject();
    return new ResultRow(
        row.experiment(),
        row.run(),
        row.status(),
        new RunRecord.Subject(
            s.model(),
            s.family(),
            s.dataset(),
            s.split(),
            s.backend(),
            s.device(),
            s.precision(),
            place,
            sample,
            s.params()),
        Optional.of(row.value().orElseThrow()));
  }
}
