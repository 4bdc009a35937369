package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.HoldOut;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.CsvTable;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The 8 × 8 digits, which ship inside the jar. */
@AutoService(DatasetProvider.class)
public final class UciDigits implements DatasetProvider {
  private static final int SIDE = 8;
  private static final int CLASSES = 10;

  private static final DatasetCard CARD =
      new DatasetCard(
          "uci-digits",
          "Optical Recognition of Handwritten Digits, test part",
          new DataSpec.Conditional(
              new Modality.Image(SIDE, SIDE, 1, 17), new Modality.Label(CLASSES)),
          "1,797 grey images of 8 × 8 pixels with 17 levels, 10 classes",
          "CC BY 4.0",
          "E. Alpaydin and C. Kaynak 1998, UCI Machine Learning Repository",
          "1,438 train, 359 test: rows whose index modulo 5 is 4 are test",
          List.of());

  @Override
  public List<DatasetCard> cards() {
    return List.of(CARD);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    CsvTable table =
        CsvTable.open(
            ByteSource.resource(UciDigits.class, "uci-digits.csv.gz"), CsvTable.Layout.COMMAS);
    int pixels = SIDE * SIDE;
    Values.Dense rows = table.numbers(IntStream.range(0, pixels).toArray());
    Values.Labels labels = table.classes(pixels).labels();
    HoldOut parts =
        HoldOut.spread(
            0.2, new Batch(new Values.Dense(Shape.of(SIDE, SIDE, 1), rows.data()), labels));
    return new Dataset(CARD, parts.train(), Optional.empty(), parts.test(), Optional.empty());
  }
}
