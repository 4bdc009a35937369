package dev.assay.dashboard.view;

import dev.assay.dashboard.index.BoardInfo;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A board without its rows; see {@code openapi.yaml}. */
public record BoardSummary(
    String id,
    String dataset,
    String metric,
    String kind,
    String badge,
    @Nullable String measure,
    String unit,
    String direction,
    String signature,
    long rows,
    long runs) {
  static final Comparator<BoardSummary> ORDER =
      Comparator.comparing(BoardSummary::dataset)
          .thenComparing(board -> Badges.section(board.badge()))
          .thenComparing(Comparator.comparingLong(BoardSummary::rows).reversed())
          .thenComparing(Comparator.comparing(BoardSummary::metric).reversed())
          .thenComparing(BoardSummary::kind)
          .thenComparing(BoardSummary::id);

  static BoardSummary of(BoardInfo info) {
    return new BoardSummary(
        info.id(),
        info.dataset(),
        info.metric(),
        info.kind(),
        Badges.of(info.kind()),
        Badges.measure(info.kind()),
        info.unit(),
        info.direction(),
        info.signature(),
        info.rows(),
        info.runs());
  }
}
