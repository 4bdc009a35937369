package dev.assay.cli;

import dev.assay.runner.execute.TrainingView;
import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines one after the other: for logs and pipes. A training says something every ten seconds, and
 * whatever else takes long every thirty.
 */
final class PlainBoard extends Board {
  private static final long TRAINING_NANOS = 10_000_000_000L;
  private static final long SILENCE_NANOS = 30_000_000_000L;
  private static final double SECOND_NANOS = 1e9;

  private final PrintStream out;
  private final LongSupplier clock;
  private final Map<String, Doing> running = new LinkedHashMap<>();
  private @Nullable Ticker ticker;

  /**
   * What a cell is at.
   *
   * @param since when it began with this, or with what is counted
   * @param said when a line told of the cell last, or its first phase or its training began
   * @param of 0 while nothing is counted
   */
  private record Doing(Cell cell, Phase phase, long since, long said, int done, int of) {
    /** Such as {@code scoring 512/2000 0:42 left}. */
    String state(long now) {
      double seconds = (now - since) / SECOND_NANOS;
      String count = of == 0 ? "" : " " + done + "/" + of;
      return name(phase)
          + count
          + (done == 0
              ? "  for " + Show.clock(seconds)
              : "  " + Show.clock(seconds * (of - done) / done) + " left");
    }

    Doing said(long now) {
      return new Doing(cell, phase, since, now, done, of);
    }
  }

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

  /** Speaks by itself from now on, until it is closed. */
  PlainBoard started() {
    ticker = Ticker.every(Duration.ofSeconds(1), this::look);
    return this;
  }

  /** Says what every cell is at of which nothing was said for long. */
  synchronized void look() {
    long now = clock.getAsLong();
    running.replaceAll((id, doing) -> {
      if (now - doing.said() < SILENCE_NANOS) {
        return doing;
      }
      lines(List.of(title(doing.cell()) + "  " + doing.state(now)));
      return doing.said(now);
    });
  }

  @Override
  synchronized void lines(List<String> texts) {
    texts.forEach(out::println);
    out.flush();
  }

  @Override
  public synchronized void phase(Cell cell, Phase phase) {
    long now = clock.getAsLong();
    @Nullable Doing before = running.get(cell.id());
    long said = before == null || phase == Phase.TRAINING ? now : before.said();
    running.put(cell.id(), new Doing(cell, phase, now, said, 0, 0));
  }

  @Override
  public synchronized void trained(Cell cell, TrainingView view) {
    long now = clock.getAsLong();
    running.computeIfPresent(
        cell.id(),
        (_, doing) -> {
          if (now - doing.said() < TRAINING_NANOS) {
            return doing;
          }
          lines(List.of(title(cell) + "  " + state(view)));
          return doing.said(now);
        });
  }

  @Override
  public synchronized void computed(Cell cell, int done, int of) {
    long now = clock.getAsLong();
    running.computeIfPresent(
        cell.id(),
        (_, doing) ->
            done == of
                ? new Doing(cell, doing.phase(), now, doing.said(), 0, 0)
                : new Doing(
                    cell, doing.phase(), done == 0 ? now : doing.since(), doing.said(), done, of));
  }

  @Override
  synchronized void forget(Cell cell) {
    running.remove(cell.id());
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.close();
    }
  }
}
