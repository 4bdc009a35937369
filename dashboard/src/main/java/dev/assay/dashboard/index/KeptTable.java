package dev.assay.dashboard.index;

import dev.assay.store.MetricRow;
import dev.assay.store.ResultRow;
import dev.assay.store.ResultTable;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs as a kept {@code results.csv} tells of them, without their folders. */
final class KeptTable {
  private KeptTable() {}

  /**
   * The runs of a table, in its order.
   *
   * @throws dev.assay.store.TableException if it is no such table
   */
  static List<RunRecord> read(Path file) throws IOException {
    Map<String, List<ResultRow>> byRun = new LinkedHashMap<>();
    for (ResultRow row : ResultTable.read(file)) {
      byRun.computeIfAbsent(row.run(), run -> new ArrayList<>()).add(row);
    }
    return byRun.values().stream().map(KeptTable::record).toList();
  }

  private static RunRecord record(List<ResultRow> rows) {
    ResultRow first = rows.getFirst();
    String params = shortest(rows);
    RunRecord.Subject s = first.subject();
    List<MetricRow> metrics = new ArrayList<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    for (ResultRow row : rows) {
      row.value()
          .ifPresent(value -> {
            if (value.isHash()) {
              hashes.put(value.metric().replaceFirst("^hash\\.", ""), value.signature());
            } else if (Double.isFinite(value.value())) {
              metrics.add(metric(row.subject().params().substring(params.length()), value));
            }
          });
    }
    return new RunRecord(
        RunRecord.SCHEMA,
        first.run(),
        "",
        first.experiment(),
        first.status(),
        "",
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
            params),
        progress(metrics),
        metrics,
        hashes,
        Map.of(),
        Map.of(),
        role(s),
        List.of());
  }

  /** A table has no column for it; the harness names its two references so. */
  private static Role role(RunRecord.Subject subject) {
    if (!subject.family().equals("reference")) {
      return Role.MODEL;
    }
    return subject.model().endsWith("training data") ? Role.ATTAINABLE : Role.FLOOR;
  }

  /** The column holds the model's settings, then the sampler's where one plays a part. */
  private static String shortest(List<ResultRow> rows) {
    return rows.stream()
        .map(row -> row.subject().params())
        .min(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static RunRecord.Progress progress(List<MetricRow> metrics) {
    return metrics.stream()
        .filter(metric -> metric.metric().equals("train.seconds"))
        .findFirst()
        .map(metric -> new RunRecord.Progress(metric.n(), 0, metric.value(), 0))
        .orElse(RunRecord.Progress.none());
  }

  private static MetricRow metric(String sampler, ResultRow.Value value) {
    return new MetricRow(
        sampler.strip(),
        value.metric(),
        value.kind(),
        value.direction(),
        value.value(),
        finite(value.low()),
        finite(value.high()),
        value.n(),
        value.unit(),
        value.signature());
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
