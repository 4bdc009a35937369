package dev.assay.dashboard.view;

import dev.assay.dashboard.index.BoardInfo;
import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.Measure;
import dev.assay.dashboard.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Boards and their rows, kept in memory until runs of their dataset change. */
public final class Boards {
  /** Rows that are kept, over all boards: about 300 MB. */
  private static final long MOST_ROWS = 150_000;

  public static final List<String> SORTS = sorts();

  private final Index index;
  private final LongSupplier revision;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private List<BoardSummary> summaries = List.of();
  private Map<String, BoardSummary> byId = Map.of();
  private Map<String, Long> changed = Map.of();
  private Map<String, Long> changedDatasets = Map.of();
  private long summariesOf = -1;

  private record Kept(long changed, List<BoardRow> rows) {}

  public Boards(Index index, LongSupplier revision) {
    this.index = index;
    this.revision = revision;
  }

  /** The answer of {@code /boards}. */
  public record BoardList(List<BoardSummary> boards, Page page) {}

  /** Another board of the same dataset. */
  public record Sibling(
      String id,
      String metric,
      String badge,
      String kind,
      String unit,
      String direction,
      String signature,
      long rows) {}

  /** The answer of {@code /boards/ID}. */
  public record Board(
      BoardSummary board,
      List<Sibling> siblings,
      Map<String, List<String>> facets,
      List<BoardRow> rows,
      Page page) {}

  /**
   * Which rows, in which order.
   *
   * @param filters values by family, backend, precision and experiment
   * @param sort one of {@link #SORTS}
   */
  public record Selection(
      Map<String, String> filters, List<String> words, String sort, boolean descending) {
    public static Selection all() {
      return new Selection(Map.of(), List.of(), "rank", false);
    }
  }

  /** All boards, ordered. */
  public synchronized List<BoardSummary> summaries() throws IOException {
    long now = revision.getAsLong();
    if (now != summariesOf) {
      Map<String, BoardSummary> fresh = new HashMap<>();
      Map<String, Long> changes = new HashMap<>();
      Map<String, Long> ofDatasets = new HashMap<>();
      for (BoardInfo board : index.boards()) {
        if (board.rows() > 0) {
          fresh.put(board.id(), BoardSummary.of(board));
          changes.put(board.id(), board.changed());
          ofDatasets.merge(board.dataset(), board.changed(), Math::max);
        }
      }
      summaries = fresh.values().stream().sorted(BoardSummary.ORDER).toList();
      byId = fresh;
      changed = changes;
      changedDatasets = ofDatasets;
      summariesOf = now;
      kept.keySet().retainAll(fresh.keySet());
    }
    return summaries;
  }

  public BoardList list(Map<String, String> filters, List<String> words, int number, int size)
      throws IOException {
    List<BoardSummary> found =
        summaries().stream()
            .filter(b -> b.dataset().equals(filters.getOrDefault("dataset", b.dataset())))
            .filter(b -> b.metric().equals(filters.getOrDefault("metric", b.metric())))
            .filter(b -> has(b, words))
            .toList();
    Page page = Page.of(number, size, found.size());
    return new BoardList(page.cut(found), page);
  }

  private static boolean has(BoardSummary b, List<String> words) {
    String text =
        String.join(" ", b.dataset(), b.metric(), b.kind(), b.badge(), b.signature())
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(w -> text.contains(w.toLowerCase(Locale.ROOT)));
  }

  /**
   * @throws dev.assay.dashboard.problem.RefusedException if there is no such board
   */
  public synchronized BoardSummary summary(String id) throws IOException {
    summaries();
    BoardSummary board = byId.get(id);
    if (board == null) {
      throw Problem.notFound("there is no board '" + id + "'; GET /api/v1/boards lists them")
          .refuse();
    }
    return board;
  }

  /**
   * The revision at which a board changed last.
   *
   * @throws dev.assay.dashboard.problem.RefusedException if there is no such board
   */
  public synchronized long changed(String id) throws IOException {
    summary(id);
    return Objects.requireNonNull(changed.get(id));
  }

  /** The revision at which runs of a dataset changed last; empty where it has no board. */
  public synchronized OptionalLong datasetChanged(String dataset) throws IOException {
    summaries();
    Long revisionThen = changedDatasets.get(dataset);
    return revisionThen == null ? OptionalLong.empty() : OptionalLong.of(revisionThen);
  }

  /** All rows of a board, the best first. */
  public List<BoardRow> rows(String id) throws IOException {
    BoardSummary board;
    long asOf;
    synchronized (this) {
      board = summary(id);
      asOf = Objects.requireNonNull(changed.get(id));
      Kept found = kept.get(id);
      if (found != null && found.changed() == asOf) {
        return found.rows();
      }
    }
    List<BoardRow> rows =
        List.copyOf(Ranking.rows(board, index.values(id), index.failures(board.dataset())));
    keep(id, new Kept(asOf, rows));
    return rows;
  }

  private synchronized void keep(String id, Kept fresh) {
    kept.put(id, fresh);
    long rows = kept.values().stream().mapToLong(one -> one.rows().size()).sum();
    var eldest = kept.values().iterator();
    while (rows > MOST_ROWS && eldest.hasNext()) {
      rows -= eldest.next().rows().size();
      eldest.remove();
    }
  }

  /** Has rows ready before somebody asks, of as many boards as are kept. */
  public void prepare() throws IOException {
    long rows = 0;
    for (BoardSummary board : summaries()) {
      rows += board.rows();
      if (rows > MOST_ROWS) {
        return;
      }
      rows(board.id());
    }
  }

  public Board board(String id, Selection selection, int number, int size) throws IOException {
    BoardSummary board = summary(id);
    List<BoardRow> all = rows(id);
    List<BoardRow> found = new ArrayList<>();
    for (BoardRow row : all) {
      if (passes(row, selection)) {
        found.add(row);
      }
    }
    sort(found, selection);
    Page page = Page.of(number, size, found.size());
    return new Board(board, siblings(board), facets(all), page.cut(found), page);
  }

  private List<Sibling> siblings(BoardSummary board) throws IOException {
    return summaries().stream()
        .filter(other -> other.dataset().equals(board.dataset()))
        .map(o ->
            new Sibling(
                o.id(),
                o.metric(),
                o.badge(),
                o.kind(),
                o.unit(),
                o.direction(),
                o.signature(),
                o.rows()))
        .toList();
  }

  private static boolean passes(BoardRow row, Selection selection) {
    Map<String, String> filters = selection.filters();
    return row.family().equals(filters.getOrDefault("family", row.family()))
        && row.backend().equals(filters.getOrDefault("backend", row.backend()))
        && row.precision().equals(filters.getOrDefault("precision", row.precision()))
        && row.experiment().equals(filters.getOrDefault("experiment", row.experiment()))
        && row.has(selection.words());
  }

  private static Map<String, List<String>> facets(List<BoardRow> rows) {
    Map<String, List<String>> facets = new LinkedHashMap<>();
    facets.put("families", distinct(rows, BoardRow::family));
    facets.put("backends", distinct(rows, BoardRow::backend));
    facets.put("precisions", distinct(rows, BoardRow::precision));
    facets.put("experiments", distinct(rows, BoardRow::experiment));
    return facets;
  }

  /** References ran on no backend; that is nothing to filter by. */
  private static List<String> distinct(List<BoardRow> rows, Function<BoardRow, String> column) {
    return rows.stream().map(column).filter(text -> !text.isEmpty()).distinct().sorted().toList();
  }

  private static List<String> sorts() {
    List<String> sorts =
        new ArrayList<>(
            List.of("rank", "value", "model", "family", "backend", "experiment", "seeds"));
    sorts.addAll(Measure.keys());
    return List.copyOf(sorts);
  }

  /** Sorting is stable, so that what is equal stays in order of rank. */
  private static void sort(List<BoardRow> rows, Selection selection) {
    Comparator<BoardRow> order =
        switch (selection.sort()) {
          case "rank" -> null;
          case "value" -> Comparator.comparingDouble(BoardRow::value);
          case "model" -> Comparator.comparing(BoardRow::model);
          case "family" -> Comparator.comparing(BoardRow::family);
          case "backend" -> Comparator.comparing(BoardRow::backend);
          case "experiment" -> Comparator.comparing(BoardRow::experiment);
          case "seeds" -> Comparator.comparingInt(BoardRow::seeds);
          default -> measureOrder(selection.sort(), selection.descending());
        };
    if (order == null) {
      if (selection.descending()) {
        Collections.reverse(rows);
      }
      return;
    }
    boolean measure = Measure.byKey(selection.sort()).isPresent();
    rows.sort(selection.descending() && !measure ? order.reversed() : order);
  }

  /** Rows without the number come last either way. */
  private static Comparator<BoardRow> measureOrder(String key, boolean descending) {
    Comparator<Double> values = Comparator.naturalOrder();
    Comparator<Double> directed = descending ? values.reversed() : values;
    return Comparator.comparing(row -> row.measures().get(key), Comparator.nullsLast(directed));
  }
}
