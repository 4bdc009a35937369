package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a process that runs a cell tells the one that started it, a line each: {@code assay phase
 * TRAINING}, {@code assay trained STEP STEPS EPOCH LOSS RATE LEFT}, {@code assay note TEXT}.
 */
final class WorkerLines {
  /** Libraries may print what they like beside it. */
  private static final String MARK = "assay ";

  private static final String UNKNOWN = "-";

  private WorkerLines() {}

  /** An observer that writes the lines. */
  record Writer(PrintStream out) implements RunObserver {
    @Override
    public void phase(Cell cell, Phase phase) {
      line("phase " + phase);
    }

    @Override
    public void trained(Cell cell, TrainingView view) {
      line(
          String.join(
              " ",
              List.of(
                  "trained",
                  String.valueOf(view.step()),
                  text(view.steps()),
                  String.valueOf(view.epoch()),
                  String.valueOf(view.loss()),
                  String.valueOf(view.rate()),
                  text(view.secondsLeft()))));
    }

    @Override
    public void note(Cell cell, String line) {
      line("note " + line.replace('\n', ' '));
    }

    @Override
    public void ended(Cell cell, RunRecord record, boolean reused) {}

    private void line(String line) {
      // by one write, since others may write too
      out.print(MARK + line + "\n");
      out.flush();
    }
  }

  /**
   * Tells an observer what a line says.
   *
   * @return whether it was such a line
   */
  static boolean read(String line, Cell cell, RunObserver observer) {
    if (!line.startsWith(MARK)) {
      return false;
    }
    String told = line.substring(MARK.length());
    String[] words = told.split(" ");
    try {
      switch (words[0]) {
        case "phase" -> observer.phase(cell, RunObserver.Phase.valueOf(words[1]));
        case "trained" -> observer.trained(cell, view(words));
        case "note" -> observer.note(cell, told.substring("note ".length()));
        default -> {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // torn by what another thread wrote
      return false;
    }
  }

  private static TrainingView view(String[] words) {
    return new TrainingView(
        Long.parseLong(words[1]),
        number(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Double.parseDouble(words[5]),
        number(words[6]));
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? String.valueOf(number.getAsDouble()) : UNKNOWN;
  }

  private static OptionalDouble number(String word) {
    return word.equals(UNKNOWN)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(word));
  }
}
