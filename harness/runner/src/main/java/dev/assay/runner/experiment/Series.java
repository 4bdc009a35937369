package dev.assay.runner.experiment;

import java.util.List;

/** Cells that differ by training seed alone, in the order in which they are run. */
public record Series(List<Cell> cells) {
  public Series {
    cells = List.copyOf(cells);
  }
}
