package dev.assay.cli;

import dev.assay.store.Leaderboard;
import dev.assay.store.Leaderboard.Row;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an experiment came to: a table for each dataset, then what has no numbers and why. */
final class FinalTable {
  private static final String MEASURED = "measured";

  private final List<Row> rows;
  private final List<RunRecord> records;
  private final int width;

  /**
   * @param width of the terminal; columns that do not fit are left out
   */
  FinalTable(List<RunRecord> records, int width) {
    this.rows = Leaderboard.of(records);
    this.records = records;
    this.width = width;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Set<String> datasets =
        records.stream()
            .filter(record -> record.status() == RunStatus.DONE)
            .map(record -> record.subject().dataset())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String dataset : datasets) {
      lines.add("");
      lines.addAll(dataset(dataset));
    }
    List<RunRecord> others =
        records.stream().filter(record -> record.status() != RunStatus.DONE).toList();
    if (!others.isEmpty()) {
      lines.add("");
    }
    for (RunRecord record : others) {
      RunRecord.Subject subject = record.subject();
      lines.add(
          (subject.model() + " " + subject.params()).strip()
              + " on "
              + subject.dataset()
              + ", "
              + subject.backend()
              + ", seed "
              + subject.trainSeed()
              + ": "
              + record.status().name().toLowerCase(Locale.ROOT)
              + (record.reason().isEmpty() ? "" : ", " + record.reason()));
    }
    return lines;
  }

  private List<String> dataset(String dataset) {
    List<Row> own = rows.stream().filter(row -> row.dataset().equals(dataset)).toList();
    boolean backends = own.stream().map(r -> r.backend() + r.precision()).distinct().count() > 1;
    List<String> qualities = qualities(own);
    Map<Entrant, List<Row>> entrants = new LinkedHashMap<>();
    own.stream()
        .sorted(order(own, qualities))
        .forEach(row -> entrants.computeIfAbsent(Entrant.of(row), e -> new ArrayList<>()).add(row));
    List<String> lines = table(entrants, qualities, backends);
    int dropped = 0;
    while (lines.get(1).length() > width && qualities.size() > 1) {
      qualities.removeLast();
      dropped++;
      lines = table(entrants, qualities, backends);
    }
    List<String> all = new ArrayList<>();
    all.add(dataset);
    all.addAll(lines);
    all.addAll(legend(own, qualities, dropped));
    return all;
  }

  /** Metrics of scores first, then those of samples; each in the order in which runs have them. */
  private List<String> qualities(List<Row> own) {
    Set<String> here = own.stream().map(Row::metric).collect(Collectors.toSet());
    List<MetricRow> all =
        records.stream()
            .flatMap(record -> record.metrics().stream())
            .filter(row -> !row.kind().equals(MEASURED) && here.contains(row.metric()))
            .toList();
    Set<String> names = new LinkedHashSet<>();
    all.stream().filter(row -> row.kind().contains("/")).map(MetricRow::metric).forEach(names::add);
    all.stream().map(MetricRow::metric).forEach(names::add);
    return new ArrayList<>(names);
  }

  /** By the first metric that ranks; what it does not rank comes last, by name. */
  private static Comparator<Row> order(List<Row> own, List<String> qualities) {
    Map<Entrant, Double> places = new LinkedHashMap<>();
    Optional<String> first =
        qualities.stream()
            .filter(
                metric -> own.stream().anyMatch(r -> r.metric().equals(metric) && r.rank() != null))
            .findFirst();
    for (Row row : own) {
      if (first.isPresent() && row.metric().equals(first.get())) {
        double sign = row.direction().equals("higher") ? -1 : 1;
        places.merge(Entrant.of(row), sign * row.mean(), Math::min);
      }
    }
    return Comparator.comparingDouble(
            (Row row) -> places.getOrDefault(Entrant.of(row), Double.MAX_VALUE))
        .thenComparing(Row::model)
        .thenComparing(Row::params);
  }

  private static List<String> table(
      Map<Entrant, List<Row>> entrants, List<String> qualities, boolean backends) {
    List<String> header = new ArrayList<>(List.of("model"));
    if (backends) {
      header.add("backend");
    }
    int left = header.size();
    for (String metric : qualities) {
      header.add(metric + arrow(entrants, metric));
    }
    header.addAll(List.of("train", "samples/s", "parameters"));
    TextTable table = new TextTable(left, header);
    entrants.forEach((entrant, own) -> {
      List<String> cells = new ArrayList<>();
      cells.add((entrant.model() + " " + entrant.params()).strip());
      if (backends) {
        cells.add(entrant.backend());
      }
      qualities.forEach(metric -> cells.add(quality(own, metric)));
      cells.add(find(own, "train.seconds").map(r -> Show.seconds(r.mean())).orElse(""));
      cells.add(find(own, "sample.examples_per_second").map(r -> Show.count(r.mean())).orElse(""));
      cells.add(find(own, "parameters").map(r -> Show.count(r.mean())).orElse(""));
      table.add(cells);
    });
    return table.lines();
  }

  private static String arrow(Map<Entrant, List<Row>> entrants, String metric) {
    return entrants.values().stream()
        .flatMap(List::stream)
        .filter(row -> row.metric().equals(metric))
        .findFirst()
        .map(row ->
            row.direction().equals("lower") ? " ↓" : row.direction().equals("higher") ? " ↑" : "")
        .orElse("");
  }

  private static Optional<Row> find(List<Row> own, String metric) {
    return own.stream().filter(row -> row.metric().equals(metric)).findFirst();
  }

  /** The value with its spread and a badge; of several bounds the tightest. */
  private static String quality(List<Row> own, String metric) {
    Optional<Row> best =
        own.stream()
            .filter(row -> row.metric().equals(metric))
            .min(Comparator.comparingDouble(Row::mean));
    return best.map(row -> value(row) + badge(row)).orElse("");
  }

  private static String value(Row row) {
    return row.sd() == null ? Show.number(row.mean()) : Show.spread(row.mean(), row.sd());
  }

  private static String badge(Row row) {
    String kind = row.kind();
    String method =
        row.signaturePart("method").orElse("").replaceAll("^exact$|^exact-|-?dequantized$", "");
    if (kind.startsWith("lower_bound")) {
      return " ≤" + method;
    }
    if (kind.startsWith("estimate")) {
      return " ≈" + method;
    }
    return kind.startsWith("pseudo") ? " ~" + method : "";
  }

  private static List<String> legend(List<Row> own, List<String> qualities, int dropped) {
    List<String> notes = new ArrayList<>();
    Set<String> kinds = new LinkedHashSet<>();
    for (Row row : own) {
      if (qualities.contains(row.metric())) {
        kinds.add(row.kind().replaceAll("/.*", ""));
      }
    }
    if (kinds.contains("lower_bound")) {
      notes.add("≤ from a bound: the true value is no worse");
    }
    if (kinds.contains("estimate")) {
      notes.add("≈ an estimate");
    }
    if (kinds.contains("pseudo")) {
      notes.add("~ no likelihood of the whole");
    }
    int seeds = own.stream().mapToInt(Row::seeds).max().orElse(1);
    if (seeds > 1) {
      notes.add("± standard deviation over " + seeds + " seeds");
    }
    if (own.stream().anyMatch(row -> row.failed() > 0)) {
      notes.add("some seeds failed; their models rank last");
    }
    if (dropped > 0) {
      notes.add(dropped + " more metrics in leaderboard.csv");
    }
    String units =
        qualities.stream()
            .map(metric -> find(own, metric).orElseThrow())
            .filter(row -> !row.unit().equals("1"))
            .map(row -> row.metric() + " in " + row.unit())
            .collect(Collectors.joining(", "));
    if (!units.isEmpty()) {
      notes.addFirst(units);
    }
    return notes;
  }

  private record Entrant(String model, String params, String backend) {
    static Entrant of(Row row) {
      String precision = Objects.equals(row.precision(), "fp32") ? "" : "/" + row.precision();
      return new Entrant(row.model(), row.params(), row.backend() + precision);
    }
  }
}
