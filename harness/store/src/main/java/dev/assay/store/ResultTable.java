package dev.assay.store;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads {@code results.csv}, and writes what a baseline holds: its rows, hashes and machines. */
public final class ResultTable {
  /** More than a table ever takes; larger files are refused unread. */
  private static final long LARGEST = 256L << 20;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Path file;

  private ResultTable(Path file) {
    this.file = file;
  }

  /**
   * The rows of a file.
   *
   * @throws TableException if it is no such table; the message names line, column and value
   */
  public static List<ResultRow> read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new TableException(file, "it has " + Files.size(file) + " bytes, too many for a table");
    }
    return new ResultTable(file).rows();
  }

  /** The rows of records: their numbers, then their hashes, then what they were made on. */
  public static List<ResultRow> of(List<RunRecord> records) {
    List<ResultRow> rows = new ArrayList<>();
    for (RunRecord record : records) {
      for (MetricRow metric : record.metrics()) {
        rows.add(row(record, metric, ResultRow.Value.of(metric)));
      }
      if (record.status() == RunStatus.DONE) {
        record
            .hashes()
            .forEach(
                (what, hash) -> rows.add(row(record, null, ResultRow.Value.ofHash(what, hash))));
        MachineClass machine = MachineClass.of(record.provenance());
        rows.add(row(record, null, ResultRow.Value.ofFact(ResultRow.SPEED, machine.speed())));
        rows.add(row(record, null, ResultRow.Value.ofFact(ResultRow.BITS, machine.bits())));
      }
      if (record.metrics().isEmpty()) {
        rows.add(row(record, null, null));
      }
    }
    return rows;
  }

  private static ResultRow row(
      RunRecord record, @Nullable MetricRow metric, ResultRow.@Nullable Value value) {
    RunRecord.Subject s = record.subject();
    RunRecord.Subject subject =
        new RunRecord.Subject(
            s.model(),
            s.family(),
            s.dataset(),
            s.split(),
            s.backend(),
            s.device(),
            s.precision(),
            s.trainSeed(),
            s.sampleSeed(),
            Results.params(record, metric));
    return new ResultRow(
        record.experiment(), record.run(), record.status(), subject, Optional.ofNullable(value));
  }

  /** Writes rows, with the header of {@code results.csv}. */
  public static void write(Path file, List<ResultRow> rows) throws IOException {
    Results.table(
        file,
        Results.HEADER,
        printer -> {
          for (ResultRow row : rows) {
            printer.printRecord(cells(row));
          }
        });
  }

  private static List<@Nullable Object> cells(ResultRow row) {
    RunRecord.Subject s = row.subject();
    List<@Nullable Object> cells = new ArrayList<>();
    cells.addAll(List.of(row.experiment(), row.run(), row.status(), s.model(), s.family()));
    cells.addAll(List.of(s.dataset(), s.split(), s.backend(), s.device(), s.precision()));
    cells.addAll(List.of(s.trainSeed(), s.sampleSeed(), s.params()));
    if (row.value().isEmpty()) {
      cells.addAll(Arrays.asList(new @Nullable Object[9]));
      return cells;
    }
    ResultRow.Value v = row.value().get();
    cells.addAll(List.of(v.metric(), v.kind(), v.direction()));
    cells.add(number(v.value()));
    cells.add(number(v.low()));
    cells.add(number(v.high()));
    cells.addAll(List.of(v.n(), v.unit(), v.signature()));
    return cells;
  }

  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private List<ResultRow> rows() throws IOException {
    List<ResultRow> rows = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      List<String> missing = new ArrayList<>(Results.HEADER);
      missing.removeAll(parser.getHeaderNames());
      if (parser.getHeaderNames().isEmpty()) {
        throw new TableException(file, "it is empty; the header must be " + header());
      }
      if (!missing.isEmpty()) {
        throw new TableException(
            file,
            1,
            "no column " + String.join(", ", missing) + "; the header must be " + header());
      }
      for (CSVRecord record : parser) {
        rows.add(row(record, parser.getCurrentLineNumber()));
      }
    } catch (CharacterCodingException e) {
      throw new TableException(file, "it is not UTF-8");
    } catch (CSVException | IllegalArgumentException | UncheckedIOException e) {
      throw new TableException(file, "it is no CSV: " + e.getMessage());
    }
    return rows;
  }

  private static String header() {
    return String.join(",", Results.HEADER);
  }

  private ResultRow row(CSVRecord record, long line) throws TableException {
    if (!record.isConsistent()) {
      throw new TableException(
          file, line, "it has " + record.size() + " cells, the header " + Results.HEADER.size());
    }
    RunRecord.Subject subject =
        new RunRecord.Subject(
            record.get("model"),
            record.get("family"),
            record.get("dataset"),
            record.get("split"),
            record.get("backend"),
            record.get("device"),
            record.get("precision"),
            whole(record, "train_seed", line),
            whole(record, "sample_seed", line),
            record.get("params"));
    return new ResultRow(
        record.get("experiment"),
        record.get("run"),
        status(record.get("status"), line),
        subject,
        record.get("metric").isEmpty() ? Optional.empty() : Optional.of(value(record, line)));
  }

  private ResultRow.Value value(CSVRecord record, long line) throws TableException {
    String direction = record.get("direction");
    if (!List.of("lower", "higher", "none").contains(direction)) {
      throw new TableException(
          file, line, "direction is '" + direction + "', but must be lower, higher or none");
    }
    return new ResultRow.Value(
        record.get("metric"),
        record.get("kind"),
        direction,
        number(record, "value", line),
        number(record, "ci_low", line),
        number(record, "ci_high", line),
        record.get("n").isEmpty() ? 0 : whole(record, "n", line),
        record.get("unit"),
        record.get("signature"));
  }

  private RunStatus status(String word, long line) throws TableException {
    return Arrays.stream(RunStatus.values())
        .filter(status -> status.name().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new TableException(
                file,
                line,
                "status is '" + word + "', but must be one of " + List.of(RunStatus.values())));
  }

  private long whole(CSVRecord record, String column, long line) throws TableException {
    try {
      return Long.parseLong(record.get(column));
    } catch (NumberFormatException e) {
      throw new TableException(
          file, line, column + " is '" + record.get(column) + "', but must be a whole number");
    }
  }

  /** Other programs write NaN and infinity in many ways; whatever they mean, it is no number. */
  private double number(CSVRecord record, String column, long line) throws TableException {
    String text = record.get(column);
    if (text.isEmpty() || text.toLowerCase(Locale.ROOT).matches("[-+]?(nan|inf(inity)?)")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TableException(file, line, column + " is '" + text + "', but must be a number");
    }
  }
}
