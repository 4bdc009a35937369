package dev.assay.cli;

import dev.assay.runner.execute.FieldComparison;
import dev.assay.runner.execute.FieldComparison.Field;
import dev.assay.runner.execute.FieldComparison.Line;
import dev.assay.runner.execute.FieldComparison.Variance;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of {@code assay compare} for many runs. */
final class FieldReport {
  private FieldReport() {}

  /** Whether a word names a folder of runs. */
  static boolean isStore(String word) {
    try {
      return Files.isDirectory(Path.of(word).resolve("runs"));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The lines to print.
   *
   * @param words folders of results, or what {@link RunFinder} understands
   * @throws UsageException if there is nothing to compare
   */
  static List<String> of(List<String> words, RunFinder finder, @Nullable String metric)
      throws IOException {
    Map<String, RunRecord> records = new LinkedHashMap<>();
    for (String word : words) {
      List<RunRecord> found = isStore(word) ? store(Path.of(word)) : model(word, finder);
      found.forEach(record -> records.put(record.run(), record));
    }
    List<Field> all = FieldComparison.of(List.copyOf(records.values()));
    List<Field> fields =
        all.stream().filter(f -> metric == null || f.metric().equals(metric)).toList();
    if (fields.isEmpty()) {
      String known =
          all.stream().map(Field::metric).collect(Collectors.toCollection(TreeSet::new)).stream()
              .collect(Collectors.joining(", "));
      throw new UsageException(
          "no two models have "
              + (metric == null ? "a quality metric" : "'" + metric + "'")
              + " in common",
          known.isEmpty()
              ? List.of("name more runs, or a folder of results")
              : List.of("there are: " + known));
    }
    List<String> lines = new ArrayList<>();
    fields.forEach(field -> add(field, lines));
    lines.add(
        "IQM: mean of the middle half of all runs, scaled on each board from 0 (worst run) to 1"
            + " (best); a failed run is 0. Interval: bootstrap, 95 %.");
    lines.add(
        "P: probability that a run beats one of the next line. >x: share of runs that score more"
            + " than x.");
    lines.add(
        "sd over training seeds and over sampling seeds, and the standard error over test items, in"
            + " the metric's unit; empty where one seed or no interval tells nothing.");
    return lines;
  }

  private static List<RunRecord> store(Path path) throws IOException {
    RunStore store = new RunStore(path);
    return store.current(store.read().records());
  }

  /** All seeds of the run's model, failed ones included. */
  private static List<RunRecord> model(String word, RunFinder finder) throws IOException {
    RunFinder.Found found = finder.findAnySeed(word);
    RunRecord.Subject own = found.record().subject();
    return store(found.store().path()).stream()
        .filter(record -> {
          RunRecord.Subject other = record.subject();
          return other.model().equals(own.model())
              && other.params().equals(own.params())
              && other.dataset().equals(own.dataset())
              && other.backend().equals(own.backend())
              && other.precision().equals(own.precision());
        })
        .toList();
  }

  private static void add(Field field, List<String> lines) {
    lines.add(field.metric() + " " + field.kind() + " on " + String.join(", ", field.datasets()));
    List<String> header =
        new ArrayList<>(List.of("model", "runs", "failed", "IQM", "interval", "P"));
    FieldComparison.THRESHOLDS.forEach(threshold -> header.add(">" + threshold));
    TextTable table = new TextTable(1, header);
    for (Line line : field.lines()) {
      List<String> row = new ArrayList<>();
      row.add(line.entrant());
      row.add(String.valueOf(line.runs()));
      row.add(String.valueOf(line.failed()));
      row.add(part(line.iqm()));
      row.add(part(line.interval().low()) + " … " + part(line.interval().high()));
      row.add(part(line.overNext()));
      line.profile().forEach(share -> row.add(part(share)));
      table.add(row);
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.addAll(variances(field));
    lines.add("");
  }

  private static List<String> variances(Field field) {
    TextTable table =
        new TextTable(
            2, List.of("model", "dataset", "mean", "sd training", "sd sampling", "se test"));
    for (Variance variance : field.variances()) {
      table.add(
          List.of(
              variance.entrant(),
              variance.dataset(),
              Show.number(variance.mean()),
              number(variance.components().training()),
              number(variance.components().sampling()),
              number(variance.components().testSet())));
    }
    return table.lines();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Show.number(value);
  }

  private static String part(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }
}
