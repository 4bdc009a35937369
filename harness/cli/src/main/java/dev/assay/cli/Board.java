package dev.assay.cli;

import dev.assay.runner.execute.RunObserver;
import dev.assay.runner.execute.TrainingView;
import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Shows how cells go on. */
abstract class Board implements RunObserver, AutoCloseable {
  private final Map<String, String> titles = new HashMap<>();
  private final BiFunction<Cell, RunRecord, List<String>> details;

  /**
   * @param details lines to show under the line of a cell that has ended
   */
  Board(List<Cell> cells, BiFunction<Cell, RunRecord, List<String>> details) {
    this.details = details;
    CellLabel labels = CellLabel.of(cells);
    int width = String.valueOf(cells.size()).length();
    for (int i = 0; i < cells.size(); i++) {
      String place = String.format(Locale.ROOT, "[%" + width + "d/%d] ", i + 1, cells.size());
      titles.put(cells.get(i).id(), place + labels.label(cells.get(i)));
    }
  }

  /** Makes cells known that may be added to those shown. */
  final void addSpare(List<Cell> cells) {
    CellLabel labels = CellLabel.of(cells);
    cells.forEach(cell -> titles.put(cell.id(), "[more] " + labels.label(cell)));
  }

  /** Shows lines that stay, together. */
  abstract void lines(List<String> texts);

  @Override
  public void note(Cell cell, String line) {
    lines(List.of(title(cell) + "  " + line));
  }

  @Override
  public void ended(Cell cell, RunRecord record, boolean reused) {
    forget(cell);
    StringBuilder text = new StringBuilder(title(cell));
    text.append("  ").append(record.status().name().toLowerCase(Locale.ROOT));
    if (!record.reason().isEmpty()) {
      text.append(": ").append(record.reason());
    } else if (reused) {
      text.append(" earlier");
    } else {
      text.append(" in ")
          .append(record.progress().steps())
          .append(record.progress().steps() == 1 ? " update, " : " updates, ")
          .append(Show.seconds(record.progress().seconds()));
    }
    List<String> lines = new ArrayList<>(List.of(text.toString()));
    if (!reused) {
      lines.addAll(details.apply(cell, record));
    }
    lines(lines);
  }

  @Override
  public abstract void close();

  /** No longer shows a cell as running. */
  abstract void forget(Cell cell);

  /** Such as {@code [ 3/18] vae · seed 2}. */
  final String title(Cell cell) {
    return titles.getOrDefault(cell.id(), cell.id());
  }

  /** Such as {@code scoring}. */
  static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** Such as {@code 1200/5000 loss 3.215 1.21k/s 0:42 left}. */
  static String state(TrainingView view) {
    StringBuilder state = new StringBuilder();
    state.append(view.step());
    if (view.steps().isPresent()) {
      state.append('/').append(Math.round(view.steps().getAsDouble()));
    }
    state.append("  loss ").append(Show.number(view.loss()));
    state.append("  ").append(Show.count(view.rate())).append("/s");
    if (view.secondsLeft().isPresent()) {
      state.append("  ").append(Show.clock(view.secondsLeft().getAsDouble())).append(" left");
    }
    return state.toString();
  }
}
