package dev.assay.store;

import java.io.IOException;
import java.nio.file.Path;
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
   * @param role whether it competes or is a reference
   * @param flag why it has no rank though it competes; null if nothing speaks against it
   * @param normalised 0 at the floor, 1 at what is attainable, where the board has both references
   *     and they differ in the right direction; else null
   * @param rank 1 for the best and all that cannot be told from it; null for references, for what
   *     is flagged, and where nothing is better or worse
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
      Role role,
      @Nullable String flag,
      @Nullable Double normalised,
      @Nullable Integer rank) {
    /** What the number means: rows of equal keys make a board. */
    public ComparabilityKey key() {
      return new ComparabilityKey(dataset, metric, kind, unit, direction, signature);
    }

    /** The value of a {@code key:value} part of the signature. */
    public Optional<String> signaturePart(String key) {
      return MetricRow.signaturePart(signature, key);
    }
  }

  /** All rows, board by board, the best first. */
  public static List<Row> of(List<RunRecord> records) {
    Map<Entrant, Integer> failures = failures(records);
    Map<Board.Id, Board> boards = new TreeMap<>(Board.Id.ORDER);
    for (RunRecord record : records) {
      if (record.status() != RunStatus.DONE) {
        continue;
      }
      for (MetricRow row : record.metrics()) {
        Board.Id id = new Board.Id(record.experiment(), ComparabilityKey.of(record, row));
        boards.computeIfAbsent(id, Board::new).add(record, row);
      }
    }
    return boards.values().stream().flatMap(board -> board.rows(failures).stream()).toList();
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
}
