package dev.assay.cli;

import dev.assay.runner.execute.TrainingView;
import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;

/**
 * One line for each running cell at the foot of a terminal, drawn over at most ten times a second;
 * what stays scrolls up above them. A line is cut to the terminal's width, so that it never wraps.
 */
final class LiveBoard extends Board {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int SHORTEST_LABEL = 8;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_BELOW = "\r\u001b[J";

  private final PrintStream out;
  private final IntSupplier width;
  private final Map<String, Row> running = new LinkedHashMap<>();
  private final Ticker ticker;
  private int drawn;
  private boolean stale;
  private boolean closed;

  /**
   * @param width columns of the terminal; asked before each drawing
   */
  LiveBoard(
      PrintStream out,
      IntSupplier width,
      List<Cell> cells,
      BiFunction<Cell, RunRecord, List<String>> details) {
    super(cells, details);
    this.out = out;
    this.width = width;
    this.ticker = Ticker.every(INTERVAL, this::refresh);
  }

  @Override
  synchronized void lines(List<String> texts) {
    erase();
    texts.forEach(out::println);
    draw();
  }

  @Override
  public synchronized void phase(Cell cell, Phase phase) {
    running.put(cell.id(), new Row(cell, name(phase), name(phase) + " …"));
    stale = true;
  }

  @Override
  public synchronized void trained(Cell cell, TrainingView view) {
    running.put(cell.id(), new Row(cell, name(Phase.TRAINING), state(view)));
    stale = true;
  }

  @Override
  public synchronized void computed(Cell cell, int done, int of) {
    running.computeIfPresent(
        cell.id(),
        (_, row) ->
            new Row(cell, row.phase(), row.phase() + (done == of ? " …" : " " + done + "/" + of)));
    stale = true;
  }

  @Override
  synchronized void forget(Cell cell) {
    running.remove(cell.id());
    stale = true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    erase();
    out.flush();
    ticker.close();
  }

  /** Draws if anything changed. */
  synchronized void refresh() {
    if (stale && !closed) {
      erase();
      draw();
    }
  }

  private void erase() {
    if (drawn > 0) {
      out.print(String.format(Locale.ROOT, UP, drawn) + CLEAR_BELOW);
      drawn = 0;
    }
  }

  private void draw() {
    int columns = Math.max(1, width.getAsInt() - 1);
    StringBuilder text = new StringBuilder();
    running.values().forEach(row -> text.append(line(row, columns)).append('\n'));
    drawn = running.size();
    stale = false;
    out.print(text);
    out.flush();
  }

  /** The state matters most, so the label gives way first. */
  private String line(Row row, int columns) {
    int room = Math.max(SHORTEST_LABEL, columns - row.state().length() - 2);
    return Show.fit(Show.fit(title(row.cell()), room) + "  " + row.state(), columns);
  }

  private record Row(Cell cell, String phase, String state) {}
}
