package dev.assay.cli;

import dev.assay.store.ComparabilityKey;
import dev.assay.store.Leaderboard;
import dev.assay.store.Leaderboard.Row;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an experiment came to: a table for each variant of each dataset, then what has no numbers
 * and why.
 */
final class FinalTable {
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
      dataset(dataset, lines);
    }
    List<RunRecord> others =
        records.stream().filter(record -> record.status() != RunStatus.DONE).toList();
    if (!others.isEmpty()) {
      lines.add("");
    }
    others.forEach(record -> lines.add(withoutNumbers(record)));
    return lines;
  }

  private static String withoutNumbers(RunRecord record) {
    RunRecord.Subject subject = record.subject();
    return (subject.model() + " " + subject.params()).strip()
        + " on "
        + subject.dataset()
        + ", "
        + subject.backend()
        + ", seed "
        + subject.trainSeed()
        + ": "
        + record.status().name().toLowerCase(Locale.ROOT)
        + (record.reason().isEmpty() ? "" : ", " + record.reason());
  }

  /** One table for each variant of the data, as numbers of different variants do not compare. */
  private void dataset(String dataset, List<String> lines) {
    List<Row> own = rows.stream().filter(row -> row.dataset().equals(dataset)).toList();
    List<String> metrics = metrics(dataset);
    Set<String> variants =
        own.stream()
            .filter(row -> !row.key().isMeasured())
            .map(row -> row.key().variant())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (variants.size() < 2) {
      lines.add("");
      lines.addAll(new DatasetTable(dataset, own, metrics).lines(width));
      return;
    }
    for (String variant : variants) {
      List<Row> of = own.stream().filter(row -> isOf(row, variant, own)).toList();
      lines.add("");
      lines.addAll(
          new DatasetTable(dataset + ", " + distinct(variant, variants), of, metrics).lines(width));
    }
  }

  /** A time is of a variant where its entrant has another number of it. */
  private static boolean isOf(Row row, String variant, List<Row> all) {
    if (!row.key().isMeasured()) {
      return row.key().variant().equals(variant);
    }
    DatasetTable.Entrant entrant = DatasetTable.Entrant.of(row);
    return all.stream()
        .anyMatch(other ->
            !other.key().isMeasured()
                && other.key().variant().equals(variant)
                && DatasetTable.Entrant.of(other).equals(entrant));
  }

  /** The parts of a variant that not all have. */
  private static String distinct(String variant, Set<String> variants) {
    return Arrays.stream(variant.split("\\|"))
        .filter(part -> !variants.stream().allMatch(v -> List.of(v.split("\\|")).contains(part)))
        .collect(Collectors.joining(" "));
  }

  /** Metrics of scores first, then those of samples; each in the order in which runs have them. */
  private List<String> metrics(String dataset) {
    List<ComparabilityKey> all =
        records.stream()
            .filter(record -> record.subject().dataset().equals(dataset))
            .flatMap(
                record -> record.metrics().stream().map(row -> ComparabilityKey.of(record, row)))
            .filter(key -> !key.isMeasured())
            .toList();
    Set<String> names = new LinkedHashSet<>();
    all.stream()
        .filter(ComparabilityKey::isLikelihood)
        .map(ComparabilityKey::metric)
        .forEach(names::add);
    all.stream().map(ComparabilityKey::metric).forEach(names::add);
    return List.copyOf(names);
  }
}
