package dev.assay.dashboard.index;

import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Runs as a kept {@code results.csv} tells of them, without their folders. */
final class KeptTable {
  private static final long LARGEST = 256L << 20;

  private KeptTable() {}

  /** The runs of a table, in its order. */
  static List<RunRecord> read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " has " + Files.size(file) + " bytes; it may have " + LARGEST);
    }
    Map<String, List<CSVRecord>> byRun = new LinkedHashMap<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (CSVRecord row : format.parse(reader)) {
        byRun.computeIfAbsent(row.get("run"), run -> new ArrayList<>()).add(row);
      }
      return byRun.values().stream().map(KeptTable::record).toList();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static RunRecord record(List<CSVRecord> rows) {
    CSVRecord first = rows.getFirst();
    String params = shortest(rows);
    return new RunRecord(
        RunRecord.SCHEMA,
        first.get("run"),
        "",
        first.get("experiment"),
        RunStatus.valueOf(first.get("status")),
        "",
        new RunRecord.Subject(
            first.get("model"),
            first.get("family"),
            first.get("dataset"),
            first.get("split"),
            first.get("backend"),
            first.get("device"),
            first.get("precision"),
            Long.parseLong(first.get("train_seed")),
            Long.parseLong(first.get("sample_seed")),
            params),
        progress(rows),
        rows.stream()
            .filter(row -> !row.get("metric").isEmpty())
            .map(row -> metric(row, params))
            .toList(),
        Map.of(),
        Map.of(),
        Map.of(),
        role(first),
        List.of());
  }

  /** A table has no column for it; the harness names its two references so. */
  private static Role role(CSVRecord row) {
    if (!row.get("family").equals("reference")) {
      return Role.MODEL;
    }
    return row.get("model").endsWith("training data") ? Role.ATTAINABLE : Role.FLOOR;
  }

  /** The column holds the model's settings, then the sampler's where one plays a part. */
  private static String shortest(List<CSVRecord> rows) {
    return rows.stream()
        .map(row -> row.get("params"))
        .min((a, b) -> Integer.compare(a.length(), b.length()))
        .orElse("");
  }

  private static RunRecord.Progress progress(List<CSVRecord> rows) {
    for (CSVRecord row : rows) {
      if (row.get("metric").equals("train.seconds")) {
        return new RunRecord.Progress(
            Long.parseLong(row.get("n")), 0, Double.parseDouble(row.get("value")), 0);
      }
    }
    return RunRecord.Progress.none();
  }

  private static MetricRow metric(CSVRecord row, String params) {
    return new MetricRow(
        row.get("params").substring(params.length()).strip(),
        row.get("metric"),
        row.get("kind"),
        row.get("direction"),
        Double.parseDouble(row.get("value")),
        number(row.get("ci_low")),
        number(row.get("ci_high")),
        Long.parseLong(row.get("n")),
        row.get("unit"),
        row.get("signature"));
  }

  private static @Nullable Double number(String cell) {
    return cell.isEmpty() ? null : Double.valueOf(cell);
  }
}
