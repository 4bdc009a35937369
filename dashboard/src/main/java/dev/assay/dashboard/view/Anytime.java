package dev.assay.dashboard.view;

import dev.assay.dashboard.view.CurveFile.Curve;
import dev.assay.dashboard.view.CurveFile.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Quality against steps and seconds of training; see {@code openapi.yaml}. */
public record Anytime(
    BoardSummary board, @Nullable String name, List<String> names, List<Series> series) {
  private static final int POINTS = 200;

  /** The curve of one run. */
  public record Series(
      String run,
      String row,
      String model,
      String params,
      String family,
      String backend,
      String precision,
      String experiment,
      long seed,
      long[] step,
      double[] seconds,
      double[] value) {}

  /**
   * Curves of the best rows.
   *
   * @param asked which curve; validation if there is any, else the first
   * @param top how many rows
   */
  public static Anytime of(
      BoardSummary board, List<BoardRow> rows, Optional<String> asked, int top, RunViews runs)
      throws IOException {
    Map<BoardRow, Map<String, List<Point>>> curves = new LinkedHashMap<>();
    for (BoardRow row : rows) {
      if (curves.size() == top) {
        break;
      }
      var run = runs.row(row.runs().getFirst().id());
      Map<String, List<Point>> own =
          run.source().equals("table") ? Map.of() : CurveFile.read(runs.folder(run).curves());
      if (!own.isEmpty()) {
        curves.put(row, own);
      }
    }
    TreeSet<String> names =
        new TreeSet<>(
            Comparator.comparing((String name) -> !name.startsWith("valid"))
                .thenComparing(name -> !name.equals("train.loss"))
                .thenComparing(Comparator.naturalOrder()));
    curves.values().forEach(own -> names.addAll(own.keySet()));
    String name = asked.orElse(names.isEmpty() ? null : names.first());
    List<Series> series = new ArrayList<>();
    curves.forEach((row, own) -> {
      List<Point> points = name == null ? null : own.get(name);
      if (points != null) {
        series.add(series(row, CurveFile.thinned(row.id(), points, POINTS)));
      }
    });
    return new Anytime(board, name, List.copyOf(names), series);
  }

  private static Series series(BoardRow row, Curve curve) {
    BoardRow.Seed seed = row.runs().getFirst();
    return new Series(
        seed.id(),
        row.id(),
        row.model(),
        row.settings(),
        row.family(),
        row.backend(),
        row.precision(),
        row.experiment(),
        seed.seed(),
        curve.step(),
        curve.seconds(),
        curve.value());
  }
}
