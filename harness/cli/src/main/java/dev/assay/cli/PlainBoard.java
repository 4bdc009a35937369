package dev.assay.cli;

import dev.assay.runner.execute.TrainingView;
import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunRecord;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** Lines one after the other: for logs and pipes. A training says something every ten seconds. */
final class PlainBoard extends Board {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final LongSupplier clock;
  private final Map<String, Long> said = new HashMap<>();

  /**
   * @param clock as {@link System#nanoTime}
   */
  PlainBoard(
      PrintStream out,
      LongSupplier clock,
      List<Cell> cells,
      BiFunction<Cell, RunRecord, List<String>> details) {
    super(cells, details);
    this.out = out;
    this.clock = clock;
  }

  @Override
  synchronized void lines(List<String> texts) {
    texts.forEach(out::println);
    out.flush();
  }

  @Override
  public synchronized void phase(Cell cell, Phase phase) {
    if (phase == Phase.TRAINING) {
      said.put(cell.id(), clock.getAsLong());
    }
  }

  @Override
  public synchronized void trained(Cell cell, TrainingView view) {
    long now = clock.getAsLong();
    if (now - said.getOrDefault(cell.id(), now) >= INTERVAL_NANOS) {
      said.put(cell.id(), now);
      lines(List.of(title(cell) + "  " + state(view)));
    }
  }

  @Override
  synchronized void forget(Cell cell) {
    said.remove(cell.id());
  }

  @Override
  public void close() {}
}
