package dev.assay.dashboard.view;

import dev.assay.dashboard.index.BoardValue;
import dev.assay.dashboard.index.Names;
import dev.assay.dashboard.index.RunRow;
import dev.assay.statistics.ChangePoints;
import dev.assay.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of a board over commits; see {@code openapi.yaml}. */
public record History(BoardSummary board, List<Commit> commits, List<Series> series) {
  /** A state of the code, and when a run of it first began. */
  public record Commit(String commit, @Nullable String started) {}

  public record Series(
      String id,
      String model,
      String params,
      String family,
      String backend,
      String precision,
      String experiment,
      List<Point> points,
      List<Change> changes) {}

  /**
   * A new level.
   *
   * @param at index into commits: the first one with the new level
   * @param before mean over commits, back to the change before
   * @param after mean over commits, to the next change
   * @param better null where nothing is better or worse
   */
  public record Change(int at, double before, double after, double p, @Nullable Boolean better) {}

  /**
   * The mean over the runs of one commit.
   *
   * @param at index into commits
   */
  public record Point(
      int at,
      double value,
      @Nullable Double low,
      @Nullable Double high,
      int seeds,
      List<String> runs) {}

  /**
   * All rows whose runs know their commit.
   *
   * @param words each must occur in a series' names
   * @param changes of any series
   */
  public static History of(
      BoardSummary board, List<BoardValue> values, List<String> words, KeptChanges changes) {
    Map<String, String> first = new TreeMap<>();
    Map<String, Map<String, List<BoardValue>>> byRow = new LinkedHashMap<>();
    for (BoardValue value : values) {
      String commit = value.run().commit();
      if (commit != null && has(value, words)) {
        String started = value.run().started() == null ? "" : value.run().started();
        first.merge(commit, started, (a, b) -> a.isEmpty() || b.compareTo(a) < 0 ? b : a);
        byRow
            .computeIfAbsent(
                Names.row(value.run().entrant(), value.sampler()), r -> new TreeMap<>())
            .computeIfAbsent(commit, c -> new ArrayList<>())
            .add(value);
      }
    }
    List<String> order =
        first.keySet().stream()
            .sorted(
                Comparator.comparing((String c) -> String.valueOf(first.get(c)))
                    .thenComparing(c -> c))
            .toList();
    List<Commit> commits =
        order.stream()
            .map(c -> new Commit(c, String.valueOf(first.get(c)).isEmpty() ? null : first.get(c)))
            .toList();
    List<Series> series = new ArrayList<>();
    byRow.forEach((id, own) -> series.add(series(board, id, own, order, changes)));
    return new History(board, commits, series);
  }

  private static boolean has(BoardValue value, List<String> words) {
    RunRow r = value.run();
    String text =
        String.join(
                " ",
                r.experiment(),
                r.model(),
                r.params(),
                value.sampler(),
                r.family(),
                r.backend())
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }

  private static Series series(
      BoardSummary board,
      String id,
      Map<String, List<BoardValue>> byCommit,
      List<String> order,
      KeptChanges changes) {
    List<Point> points = new ArrayList<>();
    RunRow run = byCommit.values().iterator().next().getFirst().run();
    String sampler = byCommit.values().iterator().next().getFirst().sampler();
    for (int at = 0; at < order.size(); at++) {
      List<BoardValue> all = byCommit.get(order.get(at));
      if (all != null) {
        points.add(point(at, all));
      }
    }
    return new Series(
        id,
        run.model(),
        (run.params() + " " + sampler).strip(),
        run.family(),
        run.backend(),
        run.precision(),
        run.experiment(),
        points,
        changes(id, points, board.direction(), changes));
  }

  private static List<Change> changes(
      String id, List<Point> points, String direction, KeptChanges changes) {
    double[] values = points.stream().mapToDouble(Point::value).toArray();
    return changes.of(id, values).stream()
        .map(change ->
            new Change(
                points.get(change.at()).at(),
                change.before(),
                change.after(),
                change.p(),
                better(change, direction)))
        .toList();
  }

  private static @Nullable Boolean better(ChangePoints.Change change, String direction) {
    return switch (direction) {
      case "lower" -> change.after() < change.before();
      case "higher" -> change.after() > change.before();
      default -> null;
    };
  }

  private static Point point(int at, List<BoardValue> all) {
    double[] values = all.stream().mapToDouble(BoardValue::value).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    List<String> runs = all.stream().map(value -> value.run().id()).toList();
    if (values.length == 1) {
      BoardValue only = all.getFirst();
      return new Point(at, mean, only.low(), only.high(), 1, runs);
    }
    Interval interval = Interval.student(0.95, values);
    return new Point(at, mean, interval.low(), interval.high(), values.length, runs);
  }
}
