package dev.assay.cli;

import dev.assay.runner.gate.JmhResults;
import dev.assay.store.ResultRow;
import dev.assay.store.ResultTable;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads one side of the gate: a folder of runs, a results file, or JSON of JMH. */
final class GateInput {
  private GateInput() {}

  /**
   * @param option the option that named the path, for messages
   * @throws UsageException if there is nothing to read
   */
  static List<ResultRow> read(String option, Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new UsageException(
          option + ": there is no " + path,
          List.of("give a results folder, a results.csv, or a JSON file of JMH"));
    }
    List<ResultRow> rows = Files.isDirectory(path) ? folder(option, path) : file(path);
    if (rows.isEmpty()) {
      throw new UsageException(option + ": " + path + " has no rows", List.of());
    }
    return rows;
  }

  private static List<ResultRow> file(Path path) throws IOException {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".json") ? JmhResults.read(path) : ResultTable.read(path);
  }

  /** The runs are the truth; where only tables were kept, they stand for them. */
  private static List<ResultRow> folder(String option, Path path) throws IOException {
    RunStore store = new RunStore(path);
    if (!store.runs().isEmpty()) {
      RunStore.Snapshot snapshot = store.read();
      if (!snapshot.damaged().isEmpty()) {
        throw new UsageException(option + ": " + path + " has damaged records", snapshot.damaged());
      }
      List<RunRecord> ended =
          store.current(snapshot.records()).stream()
              .filter(record -> record.status() != RunStatus.RUNNING)
              .toList();
      return ResultTable.of(ended);
    }
    if (Files.isRegularFile(store.results())) {
      return ResultTable.read(store.results());
    }
    throw new UsageException(
        option + ": " + path + " holds no runs and no results.csv",
        List.of("run an experiment with --out " + path + " first"));
  }
}
