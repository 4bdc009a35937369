package dev.assay.runner.experiment;

import java.util.List;

/** The cells of an experiment, each once, by dataset, then sweep point, model, backend and seed. */
public record Plan(Experiment experiment, List<Cell> cells) {
  public Plan {
    cells = List.copyOf(cells);
  }
}
