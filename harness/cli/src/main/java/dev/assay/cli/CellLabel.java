package dev.assay.cli;

import dev.assay.runner.experiment.Cell;
import java.util.List;

/**
 * Names cells by what tells them apart.
 *
 * @param datasets whether they differ in the dataset
 * @param backends whether they differ in the backend
 * @param seeds whether they differ in the seed
 */
record CellLabel(boolean datasets, boolean backends, boolean seeds) {
  static CellLabel of(List<Cell> cells) {
    return new CellLabel(
        cells.stream().map(cell -> cell.data().id()).distinct().count() > 1,
        cells.stream().map(Cell::backend).distinct().count() > 1,
        cells.stream().map(Cell::seed).distinct().count() > 1);
  }

  /** Such as {@code vae latent=8 · moons · seed 2}. */
  String label(Cell cell) {
    StringBuilder label = new StringBuilder(cell.model().name());
    if (!cell.model().label().isEmpty()) {
      label.append(' ').append(cell.model().label());
    }
    if (datasets) {
      label.append(" · ").append(cell.data().id());
    }
    if (backends) {
      label.append(" · ").append(cell.backend().id());
      if (!cell.backend().precision().equals("fp32")) {
        label.append('/').append(cell.backend().precision());
      }
    }
    if (seeds) {
      label.append(" · seed ").append(cell.seed());
    }
    return label.toString();
  }
}
