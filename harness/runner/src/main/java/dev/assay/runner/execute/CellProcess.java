package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.store.AtomicFiles;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link CellWorker} at work, seen from the process that started it. */
final class CellProcess {
  private static final long LOOK_MILLIS = 20;
  private static final int LAST_LINES = 100;

  private final Cell cell;
  private final Workplace workplace;
  private final Process process;
  private final Deque<String> printed = new ArrayDeque<>();
  private boolean stopped;

  private CellProcess(Cell cell, Workplace workplace, Process process) {
    this.cell = cell;
    this.workplace = workplace;
    this.process = process;
  }

  /**
   * Runs a cell to its end. A request to stop is passed on.
   *
   * @param command that starts a worker; the cell's id is added to it
   * @throws IOException if the process cannot be started, or the folder not be written
   */
  static RunRecord run(Cell cell, RunFolder folder, Workplace workplace, List<String> command)
      throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.add(cell.id());
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    CellProcess running = new CellProcess(cell, workplace, process);
    int code;
    try {
      code = running.await();
    } finally {
      process.destroyForcibly();
    }
    if (code == 0) {
      RunRecord record = folder.read().orElseThrow();
      if (record.status() != RunStatus.RUNNING) {
        return record;
      }
    }
    AtomicFiles.createFolders(folder.path());
    AtomicFiles.write(
        folder.log(), String.join("\n", running.printed).getBytes(StandardCharsets.UTF_8));
    RunRecord record =
        Records.idle(
            cell,
            workplace.experiment(),
            RunStatus.FAILED,
            "the process that ran it ended with exit code "
                + code
                + " and left no result; error.log has what it printed last");
    folder.write(record);
    return record;
  }

  private int await() throws IOException {
    Thread reader = Thread.ofPlatform().daemon().name("cell-" + cell.id()).start(this::read);
    try (OutputStream in = process.getOutputStream()) {
      while (!ended()) {
        if (workplace.cancellation().isRequested() && !stopped) {
          stopped = true;
          in.write((CellWorker.STOP + "\n").getBytes(StandardCharsets.UTF_8));
          in.flush();
        }
      }
    } catch (IOException e) {
      // it ended before it could be told to; its exit code says how
      process.onExit().join();
    }
    join(reader);
    return process.exitValue();
  }

  private boolean ended() {
    try {
      return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      workplace.cancellation().request();
      return false;
    }
  }

  private void join(Thread reader) {
    try {
      reader.join();
    } catch (InterruptedException e) {
      workplace.cancellation().request();
    }
  }

  private void keep(String line) {
    if (printed.size() == LAST_LINES) {
      printed.removeFirst();
    }
    printed.add(line);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .filter(line -> !WorkerLines.read(line, cell, workplace.observer()))
          .forEach(this::keep);
    } catch (IOException | UncheckedIOException e) {
      workplace.observer().note(cell, "its progress cannot be read: " + e.getMessage());
    }
  }
}
