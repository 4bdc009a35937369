package dev.assay.data.prepare;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;

/** Offers {@link Preprocessing} to the runner. */
@AutoService(DataPreparer.class)
public final class Preparer implements DataPreparer<SplitOptions, PreprocessOptions> {
  @Override
  public Class<SplitOptions> splitType() {
    return SplitOptions.class;
  }

  @Override
  public Class<PreprocessOptions> preprocessType() {
    return PreprocessOptions.class;
  }

  @Override
  public DataSpec spec(DatasetCard card, SplitOptions split, PreprocessOptions preprocess) {
    return Preprocessing.of(card.spec(), split, preprocess).spec();
  }

  @Override
  public PreparedData prepare(Dataset dataset, SplitOptions split, PreprocessOptions preprocess) {
    return Preprocessing.of(dataset.card().spec(), split, preprocess).apply(dataset);
  }
}
