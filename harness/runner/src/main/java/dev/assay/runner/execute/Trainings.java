package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.store.AtomicFiles;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which run has which training: cells that differ in samplers or scores alone share one. Safe for
 * use by several threads.
 */
final class Trainings {
  private final RunStore store;
  private final Map<String, RunRecord> byTraining = new ConcurrentHashMap<>();

  Trainings(RunStore store) {
    this.store = store;
  }

  /** Remembers a run, if it is done. */
  void add(RunRecord record) {
    if (record.status() == RunStatus.DONE) {
      byTraining.put(record.training(), record);
    }
  }

  /**
   * Copies the end of the cell's training into a folder that has no checkpoint of its own.
   *
   * @return the run it comes from; empty if there was nothing to copy, or no need
   */
  Optional<String> giveTo(Cell cell, RunFolder folder) throws IOException {
    RunRecord other = byTraining.get(cell.trainingId());
    if (other == null || other.run().equals(cell.id()) || !folder.checkpointFiles().isEmpty()) {
      return Optional.empty();
    }
    RunFolder from = store.run(other.run());
    List<Path> files = from.checkpointFiles();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    // The checkpoint comes last: curves without it count for nothing.
    if (Files.isRegularFile(from.curves())) {
      AtomicFiles.write(folder.curves(), out -> Files.copy(from.curves(), out));
    }
    AtomicFiles.createFolders(folder.checkpoints());
    AtomicFiles.write(
        folder.checkpoint(other.progress().steps()), out -> Files.copy(files.getFirst(), out));
    return Optional.of(other.run());
  }
}
