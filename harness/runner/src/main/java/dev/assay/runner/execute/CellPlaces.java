package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where cells are run: in this process, until a device is lost to it; from then on those of its
 * backend each in a process of their own. Safe for use by several threads.
 */
final class CellPlaces {
  private final List<String> command;
  private final Set<String> lost = new HashSet<>();
  private final Map<String, Set<Visit>> here = new HashMap<>();

  /** A cell at work in this process. */
  private static final class Visit {
    /** Whether another of its backend has been at work meanwhile. */
    private boolean shared;
  }

  /**
   * @param command that starts a {@link CellWorker}, without the cell's id; empty if there is none
   */
  CellPlaces(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * Runs a cell and leaves its record. One that lost its device while others used it too may not be
   * to blame, and goes on in a process of its own.
   */
  RunRecord run(Cell cell, RunFolder folder, Workplace workplace) throws IOException {
    String backend = cell.backend().id();
    if (!command.isEmpty() && isLost(backend)) {
      workplace
          .observer()
          .note(cell, "runs in a fresh process: this one has lost the device of " + backend);
      return CellProcess.run(cell, folder, workplace, command);
    }
    Visit visit = enter(backend);
    CellRun<?, ?> run = CellRun.of(cell, folder, workplace);
    RunRecord record;
    try {
      record = run.run();
    } finally {
      leave(backend, visit, run.lostDevice());
    }
    if (!run.lostDevice() || command.isEmpty() || !wasShared(visit)) {
      return record;
    }
    workplace
        .observer()
        .note(cell, "lost the device it shared (" + record.reason() + "); a fresh process goes on");
    return CellProcess.run(cell, folder, workplace, command);
  }

  private synchronized boolean isLost(String backend) {
    return lost.contains(backend);
  }

  private synchronized boolean wasShared(Visit visit) {
    return visit.shared;
  }

  private synchronized Visit enter(String backend) {
    Visit visit = new Visit();
    Set<Visit> all = here.computeIfAbsent(backend, _ -> new HashSet<>());
    all.add(visit);
    if (all.size() > 1) {
      all.forEach(one -> one.shared = true);
    }
    return visit;
  }

  private synchronized void leave(String backend, Visit visit, boolean lostDevice) {
    here.getOrDefault(backend, Set.of()).remove(visit);
    if (lostDevice) {
      lost.add(backend);
    }
  }
}
