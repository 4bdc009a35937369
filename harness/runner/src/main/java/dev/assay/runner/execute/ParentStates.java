package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.spi.PreparedData;
import java.io.IOException;

/** Finds what the training of a parent left, and what it was trained on. */
interface ParentStates {
  /** For cells without parents. */
  ParentStates NONE =
      new ParentStates() {
        @Override
        public TensorState of(Cell parent) {
          throw new IllegalStateException("nothing is known of " + parent.model().name());
        }

        @Override
        public PreparedData data(Cell parent) {
          throw new IllegalStateException("no data are known of " + parent.model().name());
        }
      };

  /**
   * The state at the end of a cell's training.
   *
   * @throws IOException if there is none
   */
  TensorState of(Cell parent) throws IOException;

  /**
   * What a cell that meets other data than its child was trained on.
   *
   * @throws IOException if a file is missing or damaged
   */
  PreparedData data(Cell parent) throws IOException;
}
