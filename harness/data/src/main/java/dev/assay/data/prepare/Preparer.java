package dev.assay.data.prepare;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.PreparedData;

/** Splits, then binarises; encodings come when a model asks for one. */
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
    return Preprocessing.of(card.spec(), preprocess).spec();
  }

  @Override
  public PreparedData prepare(Dataset dataset, SplitOptions split, PreprocessOptions preprocess) {
    Preprocessing preprocessing = Preprocessing.of(dataset.card().spec(), preprocess);
    String cap = split.test() == 0 ? "" : "|test:first-" + split.test();
    return new Prepared(
        dataset,
        Splits.of(dataset, split),
        preprocessing,
        "data:" + dataset.card().id() + cap + preprocessing.signature());
  }
}
