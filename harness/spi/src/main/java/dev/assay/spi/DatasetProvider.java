package dev.assay.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Offers datasets; found by {@link java.util.ServiceLoader}. Stateless, cheap to create. */
public interface DatasetProvider {
  /** The datasets it offers. */
  List<DatasetCard> cards();

  /**
   * Reads a dataset whole.
   *
   * @param id one of {@link #cards}
   * @throws IOException if a file is missing or damaged; the message says what, where, and what to
   *     do
   */
  Dataset load(String id, Files files) throws IOException;

  /** Gives verified local copies of a dataset's files. */
  @FunctionalInterface
  interface Files {
    /**
     * The file of this card, its hash verified.
     *
     * @throws IOException if it cannot be had; the message names every place that was tried
     */
    Path get(String dataset, DatasetCard.Source source) throws IOException;
  }
}
