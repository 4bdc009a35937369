package dev.assay.runner.experiment;

import dev.assay.spi.Configs;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.PreparedData;
import java.io.IOException;
import java.util.Optional;

/**
 * A dataset with its settings resolved.
 *
 * @param own the user's own files, where it is not one of the catalogue
 * @param spec what examples are after preprocessing
 */
public record PlannedData<S extends Record, P extends Record>(
    DatasetCard card,
    Optional<OwnData<?>> own,
    DataPreparer<S, P> preparer,
    S split,
    P preprocess,
    DataSpec spec) {
  public String id() {
    return card.id();
  }

  /** Another dataset of the catalogue, preprocessed as this one, with its own split. */
  public PlannedData<S, P> like(String dataset, Registry registry) {
    DatasetCard other = registry.dataset(dataset);
    S usual = Configs.defaults(preparer.splitType());
    return new PlannedData<>(
        other,
        Optional.empty(),
        preparer,
        usual,
        preprocess,
        preparer.spec(other, usual, preprocess));
  }

  /**
   * Reads the dataset, splits and preprocesses it.
   *
   * @throws IOException if a file is missing, damaged, or has changed since it was planned with
   */
  public PreparedData prepare(Registry registry) throws IOException {
    Dataset dataset = own.isPresent() ? registry.load(own.get()) : registry.load(card.id());
    if (!dataset.card().id().equals(card.id())) {
      throw new IOException(
          "the files of " + card.name() + " have changed while the experiment ran");
    }
    return preparer.prepare(dataset, split, preprocess);
  }
}
