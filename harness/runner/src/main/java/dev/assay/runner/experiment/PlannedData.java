package dev.assay.runner.experiment;

import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.PreparedData;

/**
 * A dataset with its settings resolved.
 *
 * @param spec what examples are after preprocessing
 */
public record PlannedData<S extends Record, P extends Record>(
    DatasetCard card, DataPreparer<S, P> preparer, S split, P preprocess, DataSpec spec) {
  public String id() {
    return card.id();
  }

  /** Splits and preprocesses what the dataset's provider loaded. */
  public PreparedData prepare(Dataset dataset) {
    return preparer.prepare(dataset, split, preprocess);
  }
}
