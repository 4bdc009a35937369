package dev.assay.spi;

/**
 * Turns a dataset into what a run works on: splits, preprocessing, encodings, batches. Found by
 * {@link java.util.ServiceLoader}; there is exactly one. Stateless, cheap to create.
 *
 * @param <S> split settings, the YAML key {@code data.split}: a record whose components carry
 *     {@link Param}
 * @param <P> preprocessing settings, the YAML key {@code data.preprocess}: a record whose
 *     components carry {@link Param}
 */
public interface DataPreparer<S extends Record, P extends Record> {
  Class<S> splitType();

  Class<P> preprocessType();

  /**
   * What examples are after preprocessing. Cheap: reads no file.
   *
   * @throws ConfigException if the settings do not suit the dataset; the key is that of the
   *     setting, such as {@code binarize}
   */
  DataSpec spec(DatasetCard card, S split, P preprocess);

  /**
   * Splits and preprocesses. The result depends on the arguments alone, not on any seed: every
   * model and every seed is tested on the same examples.
   *
   * @throws ConfigException as {@link #spec}, and where a split is larger than the data
   */
  PreparedData prepare(Dataset dataset, S split, P preprocess);
}
