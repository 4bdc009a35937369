package dev.assay.cli;

import dev.assay.store.ComparabilityKey;
import dev.assay.store.Leaderboard.Row;
import dev.assay.store.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The boards of one variant of one dataset side by side, a column for each. */
final class DatasetTable {
  private final String title;
  private final List<Row> rows;
  private final List<ComparabilityKey> boards;
  private final Map<Entrant, List<Row>> entrants = new LinkedHashMap<>();

  /** A line of the table. */
  record Entrant(String model, String params, String backend) {
    static Entrant of(Row row) {
      String precision = Objects.equals(row.precision(), "fp32") ? "" : "/" + row.precision();
      return new Entrant(row.model(), row.params(), row.backend() + precision);
    }
  }

  /**
   * @param metrics names in order of columns
   */
  DatasetTable(String title, List<Row> rows, List<String> metrics) {
    this.title = title;
    this.rows = rows;
    boards = new ArrayList<>();
    metrics.forEach(metric -> boards.addAll(boards(metric)));
    rows.stream()
        .sorted(order())
        .forEach(row -> entrants.computeIfAbsent(Entrant.of(row), e -> new ArrayList<>()).add(row));
  }

  /** As few boards of a metric as show everyone on one: exact ones first, then the tightest. */
  private List<ComparabilityKey> boards(String metric) {
    Map<ComparabilityKey, List<Row>> all = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.metric().equals(metric) && !row.key().isMeasured())
        .forEach(row -> all.computeIfAbsent(row.key(), k -> new ArrayList<>()).add(row));
    List<ComparabilityKey> chosen = new ArrayList<>();
    Set<Entrant> shown = new HashSet<>();
    all.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<ComparabilityKey, List<Row>> e) -> e.getKey().kind())
                .thenComparing(e -> -e.getValue().size())
                .thenComparing(DatasetTable::best))
        .forEach(entry -> {
          List<Entrant> here = entry.getValue().stream().map(Entrant::of).toList();
          if (!shown.containsAll(here)) {
            chosen.add(entry.getKey());
            shown.addAll(here);
          }
        });
    return chosen;
  }

  private static double best(Map.Entry<ComparabilityKey, List<Row>> board) {
    double sign = board.getKey().direction().equals("higher") ? -1 : 1;
    return board.getValue().stream()
        .mapToDouble(row -> sign * row.mean())
        .min()
        .orElse(Double.MAX_VALUE);
  }

  /** By the first ordered board that an entrant is on; references come last. */
  private Comparator<Row> order() {
    Map<Entrant, Double> places = new LinkedHashMap<>();
    Map<Entrant, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < boards.size(); i++) {
      for (Row row : rows) {
        if (row.key().equals(boards.get(i)) && !row.direction().equals("none")) {
          double sign = row.direction().equals("higher") ? -1 : 1;
          if (columns.putIfAbsent(Entrant.of(row), i) == null) {
            places.put(Entrant.of(row), sign * row.mean());
          }
        }
      }
    }
    return Comparator.comparing((Row row) -> row.role().isReference())
        .thenComparing(row -> columns.getOrDefault(Entrant.of(row), Integer.MAX_VALUE))
        .thenComparing(row -> places.getOrDefault(Entrant.of(row), Double.MAX_VALUE))
        .thenComparing(Row::model)
        .thenComparing(Row::params);
  }

  /** Title, table and legend, with as many boards as fit. */
  List<String> lines(int width) {
    List<ComparabilityKey> shown = new ArrayList<>(boards);
    List<String> lines = table(shown);
    while (lines.get(1).length() > width && shown.size() > 1) {
      shown.removeLast();
      lines = table(shown);
    }
    List<String> all = new ArrayList<>();
    all.add(title);
    all.addAll(lines);
    all.addAll(legend(shown));
    return all;
  }

  private List<String> table(List<ComparabilityKey> shown) {
    boolean backends =
        rows.stream()
                .filter(row -> !row.role().isReference())
                .map(row -> row.backend() + row.precision())
                .distinct()
                .count()
            > 1;
    List<String> header = new ArrayList<>(List.of("model"));
    if (backends) {
      header.add("backend");
    }
    int left = header.size();
    shown.forEach(board -> header.add(header(board, shown)));
    header.addAll(List.of("train", "samples/s", "parameters"));
    TextTable table = new TextTable(left, header);
    entrants.forEach((entrant, own) -> {
      List<String> cells = new ArrayList<>();
      cells.add((entrant.model() + " " + entrant.params()).strip());
      if (backends) {
        cells.add(entrant.backend());
      }
      shown.forEach(board -> cells.add(on(own, board).map(DatasetTable::value).orElse("")));
      cells.add(find(own, "train.seconds").map(r -> Show.seconds(r.mean())).orElse(""));
      cells.add(find(own, "sample.examples_per_second").map(r -> Show.count(r.mean())).orElse(""));
      cells.add(find(own, "parameters").map(r -> Show.count(r.mean())).orElse(""));
      table.add(cells);
    });
    return table.lines();
  }

  private static Optional<Row> on(List<Row> own, ComparabilityKey board) {
    return own.stream().filter(row -> row.key().equals(board)).findFirst();
  }

  private static Optional<Row> find(List<Row> own, String metric) {
    return own.stream().filter(row -> row.metric().equals(metric)).findFirst();
  }

  /** Such as {@code nll ≤iwae ↓}; what sets it apart from other columns of the metric is named. */
  private static String header(ComparabilityKey board, List<ComparabilityKey> shown) {
    StringBuilder header = new StringBuilder(board.metric()).append(badge(board));
    for (ComparabilityKey other : shown) {
      if (other.metric().equals(board.metric())
          && !other.equals(board)
          && badge(other).equals(badge(board))) {
        for (ComparabilityKey.Difference difference : board.differences(other)) {
          String part = " " + difference.what() + " " + difference.first();
          header.append(header.indexOf(part) < 0 ? part : "");
        }
      }
    }
    return header
        + switch (board.direction()) {
          case "lower" -> " ↓";
          case "higher" -> " ↑";
          default -> "";
        };
  }

  /** The value with its spread, its place between the references, and a mark if it is flagged. */
  private static String value(Row row) {
    String value = row.sd() == null ? Show.number(row.mean()) : Show.spread(row.mean(), row.sd());
    Double normalised = row.normalised();
    String place =
        normalised == null || row.role().isReference()
            ? ""
            : String.format(Locale.ROOT, " %.0f%%", 100 * normalised);
    return value + place + (row.flag() == null ? "" : " ⚑");
  }

  private static String badge(ComparabilityKey board) {
    String kind = board.kind();
    String method =
        board.signaturePart("method").orElse("").replaceAll("^exact$|^exact-|-?dequantized$", "");
    if (kind.startsWith("lower_bound")) {
      return " ≤" + method;
    }
    if (kind.startsWith("estimate")) {
      return " ≈" + method;
    }
    return kind.startsWith("pseudo") ? " ~" + method : "";
  }

  private List<String> legend(List<ComparabilityKey> shown) {
    List<String> notes = new ArrayList<>();
    Set<String> kinds =
        shown.stream().map(board -> board.kind().replaceAll("/.*", "")).collect(Collectors.toSet());
    String units =
        shown.stream()
            .filter(board -> !board.unit().equals("1"))
            .map(board -> board.metric() + " in " + board.unit())
            .distinct()
            .collect(Collectors.joining(", "));
    add(notes, !units.isEmpty(), units);
    add(notes, kinds.contains("lower_bound"), "≤ from a bound: the true value is no worse");
    add(notes, kinds.contains("estimate"), "≈ an estimate");
    add(notes, kinds.contains("pseudo"), "~ no likelihood of the whole");
    IntSummaryStatistics seeds =
        rows.stream().mapToInt(Row::seeds).filter(n -> n > 1).summaryStatistics();
    String least = seeds.getMin() < seeds.getMax() ? seeds.getMin() + " to " : "";
    add(
        notes,
        seeds.getCount() > 0,
        "± standard deviation over " + least + seeds.getMax() + " seeds");
    add(
        notes,
        rows.stream().anyMatch(row -> row.failed() > 0),
        "some seeds failed; their models rank last");
    add(
        notes,
        rows.stream().anyMatch(row -> row.role() == Role.MODEL && row.normalised() != null),
        "% of the way from the worst reference to the best");
    Set<String> flagged = new LinkedHashSet<>();
    rows.stream()
        .filter(row -> row.flag() != null)
        .forEach(row ->
            flagged.add(
                "⚑ " + (row.model() + " " + row.params()).strip() + " is unranked: " + row.flag()));
    notes.addAll(flagged);
    int left = boards.size() - shown.size();
    add(notes, left > 0, left + " more columns in leaderboard.csv");
    return notes;
  }

  private static void add(List<String> notes, boolean holds, String note) {
    if (holds) {
      notes.add(note);
    }
  }
}
