package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.List;
import java.util.Map;

/** Makes the records of cells. */
final class Records {
  private Records() {}

  static RunRecord of(
      Cell cell,
      String experiment,
      RunStatus status,
      String reason,
      RunRecord.Progress progress,
      List<MetricRow> metrics,
      Map<String, String> hashes,
      Map<String, String> provenance) {
    RunRecord.Subject subject =
        new RunRecord.Subject(
            cell.model().name(),
            cell.model().provider().card().family(),
            cell.data().id(),
            "test",
            cell.backend().id(),
            provenance.getOrDefault("backend.device", ""),
            cell.backend().precision(),
            cell.seed(),
            cell.score().seed(),
            cell.model().label());
    return new RunRecord(
        RunRecord.SCHEMA,
        cell.id(),
        cell.trainingId(),
        experiment,
        status,
        reason,
        subject,
        progress,
        metrics,
        hashes,
        provenance,
        cell.spec());
  }

  /** The record of a cell that nothing was done for. */
  static RunRecord idle(Cell cell, String experiment, RunStatus status, String reason) {
    return of(
        cell, experiment, status, reason, RunRecord.Progress.none(), List.of(), Map.of(), Map.of());
  }
}
