package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedData;
import dev.assay.spi.Evaluation;
import dev.assay.spi.PreparedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Test examples of the datasets that {@code score.outliers} names. */
final class Outsiders {
  private Outsiders() {}

  /**
   * Those of the same form as the data at hand, preprocessed alike; of others there is a note.
   *
   * @throws IOException if a file is missing or damaged
   */
  static List<Evaluation.Outliers> of(Cell cell, PreparedData data, Workplace workplace)
      throws IOException {
    List<Evaluation.Outliers> outliers = new ArrayList<>();
    for (String id : cell.score().outliers()) {
      PlannedData<?, ?> planned = cell.data().like(id, workplace.registry());
      if (planned.spec().equals(data.spec())) {
        PreparedData other = planned.prepare(workplace.registry());
        outliers.add(new Evaluation.Outliers(id, other.hash(), other.test()));
      } else {
        workplace
            .observer()
            .note(
                cell,
                "outliers '%s' are %s, but %s is %s; left out"
                    .formatted(id, planned.spec(), cell.data().id(), data.spec()));
      }
    }
    return outliers;
  }
}
