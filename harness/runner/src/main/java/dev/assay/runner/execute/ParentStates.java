package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import java.io.IOException;

/** Finds what the training of a parent left. */
@FunctionalInterface
interface ParentStates {
  /** For cells without parents. */
  ParentStates NONE =
      parent -> {
        throw new IllegalStateException("nothing is known of " + parent.model().name());
      };

  /**
   * The state at the end of a cell's training.
   *
   * @throws IOException if there is none
   */
  TensorState of(Cell parent) throws IOException;
}
