package dev.assay.runner.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The cells of an experiment, each once, by dataset, then sweep point, model, backend and seed.
 *
 * @param cells those that are run in any case
 * @param series every series of cells with all its seeds, where {@code repeat.until} may add some;
 *     else empty
 */
public record Plan(Experiment experiment, List<Cell> cells, List<Series> series) {
  public Plan {
    cells = List.copyOf(cells);
    series = List.copyOf(series);
  }

  /** A plan that nothing is added to. */
  public Plan(Experiment experiment, List<Cell> cells) {
    this(experiment, cells, List.of());
  }

  /** The cells that may be added. */
  public List<Cell> spare() {
    Set<String> sure = cells.stream().map(Cell::id).collect(Collectors.toCollection(HashSet::new));
    return series.stream()
        .flatMap(one -> one.cells().stream())
        .filter(cell -> sure.add(cell.id()))
        .toList();
  }
}
