package dev.assay.dashboard.view;

import dev.assay.dashboard.index.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Quality against a cost or a rate; see {@code openapi.yaml}. */
public record Frontier(BoardSummary board, Axis x, List<Point> points) {
  /** What quality is set against. */
  public record Axis(String name, String metric, String unit, String direction) {}

  /**
   * A row of the board.
   *
   * @param pareto whether no other is at least as good in both and better in one
   */
  public record Point(
      String row,
      String run,
      String model,
      String params,
      String family,
      String backend,
      String precision,
      String experiment,
      @Nullable String reference,
      double x,
      double y,
      @Nullable Double low,
      @Nullable Double high,
      boolean pareto) {}

  /** The points of a board's rows that have the measure, the best measure first. */
  public static Frontier of(BoardSummary board, List<BoardRow> rows, Measure measure) {
    int signX = measure.direction().equals("higher") ? -1 : 1;
    int signY = board.direction().equals("higher") ? -1 : 1;
    List<BoardRow> ordered =
        rows.stream()
            .filter(row -> row.measures().get(measure.key()) != null)
            .sorted(
                Comparator.comparingDouble((BoardRow row) -> signX * x(row, measure))
                    .thenComparingDouble(row -> signY * row.value()))
            .toList();
    List<Point> points = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    double bestAt = Double.NaN;
    for (BoardRow row : ordered) {
      double x = x(row, measure);
      double y = signY * row.value();
      boolean counts = row.reference() == null && !board.direction().equals("none");
      points.add(point(row, x, counts && (y < best || (y == best && x == bestAt))));
      if (counts && y < best) {
        best = y;
        bestAt = x;
      }
    }
    Axis axis = new Axis(measure.key(), measure.metric(), measure.unit(), measure.direction());
    return new Frontier(board, axis, points);
  }

  private static double x(BoardRow row, Measure measure) {
    return Objects.requireNonNull(row.measures().get(measure.key()));
  }

  private static Point point(BoardRow row, double x, boolean pareto) {
    return new Point(
        row.id(),
        row.runs().getFirst().id(),
        row.model(),
        row.settings(),
        row.family(),
        row.backend(),
        row.precision(),
        row.experiment(),
        row.reference(),
        x,
        row.value(),
        row.low(),
        row.high(),
        pareto);
  }
}
