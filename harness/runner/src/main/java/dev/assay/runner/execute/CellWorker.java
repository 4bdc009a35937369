package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.store.RunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs one cell in a process of its own, for a {@link PlanRunner} that has lost the cell's backend.
 * That one holds the lock of the run's folder.
 */
public final class CellWorker {
  /** The line that asks for an end that can be resumed. */
  static final String STOP = "stop";

  private static final int ORPHANED = 1;

  private CellWorker() {}

  /**
   * Runs a cell and leaves its record.
   *
   * @param id of a cell of the plan, or of one that {@code repeat.until} may add to it
   * @param in says {@link #STOP}; its end means that the other process has died, and this one ends
   *     at once
   * @param out receives progress, for the other process
   * @throws IllegalArgumentException if there is no such cell
   * @throws IOException if the folder cannot be written
   */
  public static void run(
      Plan plan,
      String id,
      RunStore store,
      Registry registry,
      PlanRunner.Settings settings,
      InputStream in,
      PrintStream out)
      throws IOException {
    Cell cell =
        Stream.concat(plan.cells().stream(), plan.spare().stream())
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no cell "
                        + id
                        + ": the experiment's file or the program has changed since it began"));
    Cancellation cancellation = new Cancellation();
    Thread.ofPlatform().daemon().name("stop").start(() -> listen(in, cancellation));
    Workplace workplace =
        Workplace.of(
            registry,
            new DataPool(registry, List.of(cell), List.of(), cancellation),
            plan.experiment().name(),
            settings,
            cancellation,
            new WorkerLines.Writer(out));
    CellRun.of(cell, store.run(id), workplace).run();
    workplace.data().release(cell);
  }

  private static void listen(InputStream in, Cancellation cancellation) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Optional<String> line = Optional.ofNullable(lines.readLine());
      while (line.isPresent()) {
        if (line.get().equals(STOP)) {
          cancellation.request();
        }
        line = Optional.ofNullable(lines.readLine());
      }
    } catch (IOException e) {
      // as its end
    }
    // every file is written whole or not at all
    Runtime.getRuntime().halt(ORPHANED);
  }
}
