package dev.assay.runner.experiment;

import dev.assay.spi.Param;
import java.time.Duration;
import java.util.Optional;

/** When training ends: at whichever limit comes first. A model that has converged ends earlier. */
public record Budget(
    @Param(doc = "Passes over the training examples.", value = "", min = 1, max = 1e9)
        Optional<Long> epochs,
    @Param(doc = "Updates, as each model defines one.", value = "", min = 1, max = 1e12)
        Optional<Long> steps,
    @Param(doc = "Training examples seen.", value = "", min = 1, max = 1e15)
        Optional<Long> examples,
    @Param(
            doc = "Training time; results then depend on the machine.",
            value = "",
            min = 0.001,
            max = 1e9)
        Optional<Duration> wall,
    @Param(
            doc =
                "Evaluations in a row without a better validation score before training stops; needs"
                    + " validation examples and a model that can score.",
            value = "",
            min = 1,
            max = 1e6)
        Optional<Long> patience) {
  public Budget {
    if (epochs.isEmpty() && steps.isEmpty() && examples.isEmpty() && wall.isEmpty()) {
      throw new IllegalArgumentException(
          "the budget has no end: give at least one of epochs, steps, examples, wall");
    }
  }
}
