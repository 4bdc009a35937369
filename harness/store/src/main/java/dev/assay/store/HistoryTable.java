package dev.assay.store;

import dev.assay.statistics.Descriptive;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How numbers went on from commit to commit: {@code results/history/*.csv}. One row for each
 * number, its seeds averaged; the order of rows is the order of events.
 */
public final class HistoryTable {
  private static final List<String> HEADER =
      List.of(
          "commit",
          "machine",
          "experiment",
          "dataset",
          "model",
          "params",
          "backend",
          "metric",
          "kind",
          "direction",
          "unit",
          "signature",
          "value",
          "seeds");

  private HistoryTable() {}

  /**
   * What stays the same along a series.
   *
   * @param machine class of machines whose times compare, such as {@code Some CPU, 8 cores, java
   *     25}
   */
  public record Series(
      String machine,
      String experiment,
      String dataset,
      String model,
      String params,
      String backend,
      String metric,
      String kind,
      String direction,
      String unit,
      String signature) {}

  /** One number of a series. */
  public record Point(String commit, double value, int seeds) {}

  /** One row. */
  private record Row(Series series, Point point) {}

  /**
   * The series of a file, each in order.
   *
   * @throws TableException if it is no such file
   */
  public static Map<Series, List<Point>> read(Path file) throws IOException {
    Map<Series, List<Point>> all = new LinkedHashMap<>();
    for (Row row : rows(file)) {
      all.computeIfAbsent(row.series(), s -> new ArrayList<>()).add(row.point());
    }
    return all;
  }

  /**
   * Adds what runs came to at the end of a file, which may be absent. Numbers of a commit that are
   * there already, to the last digit, are no news: results that are added twice count once.
   *
   * @return rows added
   */
  public static int add(Path file, List<RunRecord> records) throws IOException {
    List<Row> rows = new ArrayList<>(Files.exists(file) ? rows(file) : List.of());
    List<Row> added = rows(records);
    added.removeAll(Set.copyOf(rows));
    rows.addAll(added);
    Results.table(
        file,
        HEADER,
        printer -> {
          for (Row row : rows) {
            Series s = row.series();
            printer.printRecord(
                row.point().commit(),
                s.machine(),
                s.experiment(),
                s.dataset(),
                s.model(),
                s.params(),
                s.backend(),
                s.metric(),
                s.kind(),
                s.direction(),
                s.unit(),
                s.signature(),
                row.point().value(),
                row.point().seeds());
          }
        });
    return added.size();
  }

  private static List<Row> rows(List<RunRecord> records) {
    Map<Series, List<Double>> values = new LinkedHashMap<>();
    Map<Series, String> commits = new LinkedHashMap<>();
    for (RunRecord record : records) {
      for (MetricRow metric : record.metrics()) {
        Series series = series(record, metric);
        values.computeIfAbsent(series, s -> new ArrayList<>()).add(metric.value());
        commits.put(series, commit(record));
      }
    }
    List<Row> rows = new ArrayList<>();
    values.forEach((series, list) -> {
      double mean = Descriptive.mean(list.stream().mapToDouble(Double::doubleValue).toArray());
      String commit = commits.getOrDefault(series, "");
      rows.add(new Row(series, new Point(commit, mean, list.size())));
    });
    return rows;
  }

  private static Series series(RunRecord record, MetricRow metric) {
    RunRecord.Subject s = record.subject();
    return new Series(
        MachineClass.of(record.provenance()).speed(),
        record.experiment(),
        s.dataset(),
        s.model(),
        Results.params(record, metric),
        s.precision().equals("fp32") ? s.backend() : s.backend() + "/" + s.precision(),
        metric.metric(),
        metric.kind(),
        metric.direction(),
        metric.unit(),
        metric.signature());
  }

  private static String commit(RunRecord record) {
    String commit = record.provenance().getOrDefault("git.commit", "");
    String name = commit.substring(0, Math.min(12, commit.length()));
    return record.provenance().getOrDefault("git.dirty", "false").equals("true")
        ? name + "+"
        : name;
  }

  private static List<Row> rows(Path file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Row> rows = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.parse(reader, format)) {
      if (!parser.getHeaderNames().equals(HEADER)) {
        throw new TableException(file, 1, "the header must be " + String.join(",", HEADER));
      }
      for (CSVRecord record : parser) {
        rows.add(row(file, record, parser.getCurrentLineNumber()));
      }
    } catch (CharacterCodingException e) {
      throw new TableException(file, "it is not UTF-8");
    } catch (CSVException | IllegalArgumentException | UncheckedIOException e) {
      throw new TableException(file, "it is no CSV: " + e.getMessage());
    }
    return rows;
  }

  private static Row row(Path file, CSVRecord record, long line) throws TableException {
    if (!record.isConsistent()) {
      throw new TableException(file, line, "it has " + record.size() + " cells");
    }
    try {
      double value = Double.parseDouble(record.get("value"));
      int seeds = Integer.parseInt(record.get("seeds"));
      if (!Double.isFinite(value) || seeds < 1) {
        throw new TableException(
            file,
            line,
            "value is %s and seeds %d, but must be finite and 1 or more".formatted(value, seeds));
      }
      return new Row(
          new Series(
              record.get("machine"),
              record.get("experiment"),
              record.get("dataset"),
              record.get("model"),
              record.get("params"),
              record.get("backend"),
              record.get("metric"),
              record.get("kind"),
              record.get("direction"),
              record.get("unit"),
              record.get("signature")),
          new Point(record.get("commit"), value, seeds));
    } catch (NumberFormatException e) {
      throw new TableException(file, line, "value and seeds must be numbers: " + e.getMessage());
    }
  }
}
