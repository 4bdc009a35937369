package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.store.RunRecord;

/**
 * Is told how cells go on, from the threads that run them: implementations are thread-safe and
 * quick.
 */
public interface RunObserver {
  /** What a cell is at. */
  enum Phase {
    PREPARING,
    TRAINING,
    SCORING,
    SAMPLING,
    MEASURING
  }

  /** Says nothing. */
  RunObserver NONE =
      new RunObserver() {
        @Override
        public void phase(Cell cell, Phase phase) {}

        @Override
        public void trained(Cell cell, TrainingView view) {}

        @Override
        public void note(Cell cell, String line) {}

        @Override
        public void ended(Cell cell, RunRecord record, boolean reused) {}
      };

  void phase(Cell cell, Phase phase);

  /** At most twenty times a second and cell. */
  void trained(Cell cell, TrainingView view);

  /**
   * How much of what the present phase computes is there: examples scored, samples drawn.
   *
   * @param done at first 0
   */
  default void computed(Cell cell, int done, int of) {}

  /** Something worth a line: resumed, waits for another process, a metric without a value. */
  void note(Cell cell, String line);

  /**
   * @param reused it had been run before
   */
  void ended(Cell cell, RunRecord record, boolean reused);
}
