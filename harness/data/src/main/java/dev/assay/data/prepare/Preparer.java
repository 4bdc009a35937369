package dev.assay.data.prepare;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.PreparedData;
import java.util.Optional;

/**
 * Puts pictures in place of conditions, splits, then binarises; encodings come when a model asks
 * for one.
 */
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
    DataSpec.Conditional spec = preprocessing(card.spec(), preprocess).spec();
    Secrets.of(spec, preprocess);
    return card.spec() instanceof DataSpec.Unpaired
        ? new DataSpec.Unpaired(spec.x(), spec.x())
        : spec;
  }

  private static Preprocessing preprocessing(DataSpec given, PreprocessOptions options) {
    DataSpec.Conditional spec = given.together();
    return Preprocessing.of(
        Picture.of(given, options).map(picture -> picture.under(spec)).orElse(spec), options);
  }

  @Override
  public PreparedData prepare(Dataset dataset, SplitOptions split, PreprocessOptions preprocess) {
    DataSpec given = dataset.card().spec();
    Optional<Picture> picture = Picture.of(given, preprocess);
    Dataset examples = picture.map(made -> made.under(dataset)).orElse(dataset);
    Preprocessing preprocessing = preprocessing(given, preprocess);
    Optional<Secrets> secrets = Secrets.of(preprocessing.spec(), preprocess);
    String cap = split.test() == 0 ? "" : "|test:first-" + split.test();
    return new Prepared(
        examples,
        Splits.of(examples, split),
        preprocessing,
        secrets,
        "data:"
            + dataset.card().id()
            + cap
            + picture.map(Picture::signature).orElse("")
            + preprocessing.signature()
            + secrets.map(Secrets::signature).orElse(""));
  }
}
