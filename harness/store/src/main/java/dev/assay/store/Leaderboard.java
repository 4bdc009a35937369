package dev.assay.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code leaderboard.csv}: runs that differ by seed alone are one row. */
public final class Leaderboard {
  static final List<String> HEADER =
      List.of(
          "experiment",
          "dataset",
          "model",
          "params",
          "backend",
          "precision",
          "metric",
          "kind",
          "direction",
          "mean",
          "sd",
          "ci_low",
          "ci_high",
          "seeds",
          "rank");

  private Leaderboard() {}

  /**
   * One aggregated number.
   *
   * @param sd standard deviation over seeds; null for a single seed
   * @param low lower end of the t interval over seeds; null for a single seed
   * @param high upper end; null for a single seed
   * @param seeds how many seeds gave a number
   * @param failed how many seeds ended without one
   * @param rank 1 for the best and all that cannot be told from it; null if nothing is better or
   *     worse
   */
  public record Row(
      String experiment,
      String dataset,
      String model,
      String params,
      String backend,
      String precision,
      String metric,
      String kind,
      String direction,
      String unit,
      String signature,
      double mean,
      @Nullable Double sd,
      @Nullable Double low,
      @Nullable Double high,
      int seeds,
      int failed,
      @Nullable Integer rank) {
    /** The value of a {@code key:value} part of the signature. */
    public Optional<String> signaturePart(String key) {
      return MetricRow.signaturePart(signature, key);
    }
  }

  /** All rows, grouped by dataset, metric and kind, the best first. */
  public static List<Row> of(List<RunRecord> records) {
    Map<Entrant, Integer> failures = failures(records);
    Map<Group, Map<Entrant, List<MetricRow>>> groups = new TreeMap<>(Group.ORDER);
    for (RunRecord record : records) {
      if (record.status() != RunStatus.DONE) {
        continue;
      }
      for (MetricRow metric : record.metrics()) {
        groups
            .computeIfAbsent(Group.of(record, metric), g -> new LinkedHashMap<>())
            .computeIfAbsent(Entrant.of(record, metric.sampler()), e -> new ArrayList<>())
            .add(metric);
      }
    }
    List<Row> rows = new ArrayList<>();
    groups.forEach((group, entrants) -> rows.addAll(rank(group, entrants, failures)));
    return rows;
  }

  static void write(Path file, List<RunRecord> records) throws IOException {
    Results.table(
        file,
        HEADER,
        printer -> {
          for (Row r : of(records)) {
            printer.printRecord(
                r.experiment(),
                r.dataset(),
                r.model(),
                r.params(),
                r.backend(),
                r.precision(),
                r.metric(),
                r.kind(),
                r.direction(),
                r.mean(),
                r.sd(),
                r.low(),
                r.high(),
                r.seeds(),
                r.rank());
          }
        });
  }

  private static Map<Entrant, Integer> failures(List<RunRecord> records) {
    Map<Entrant, Integer> failures = new LinkedHashMap<>();
    for (RunRecord record : records) {
      switch (record.status()) {
        case DIVERGED, TIMED_OUT, FAILED -> failures.merge(Entrant.of(record, ""), 1, Integer::sum);
        case DONE, SKIPPED, RUNNING, CANCELLED -> {}
      }
    }
    return failures;
  }

  private static List<Row> rank(
      Group group, Map<Entrant, List<MetricRow>> entrants, Map<Entrant, Integer> failures) {
    List<Score> scores = new ArrayList<>();
    entrants.forEach((entrant, values) ->
        scores.add(Score.of(entrant, values, failures.getOrDefault(entrant.withoutSampler(), 0))));
    Comparator<Score> better = Comparator.comparingDouble(Score::mean);
    if (group.direction().equals("higher")) {
      better = better.reversed();
    }
    scores.sort(
        Comparator.comparing((Score s) -> s.failed() > 0)
            .thenComparing(better)
            .thenComparing(s -> s.entrant().toString()));
    List<Row> rows = new ArrayList<>();
    Score leader = scores.getFirst();
    int rank = 1;
    for (int i = 0; i < scores.size(); i++) {
      Score score = scores.get(i);
      if (!score.ties(leader)) {
        leader = score;
        rank = i + 1;
      }
      rows.add(score.row(group, group.direction().equals("none") ? null : rank));
    }
    return rows;
  }
}
