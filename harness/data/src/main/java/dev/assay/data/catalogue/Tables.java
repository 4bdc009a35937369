package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.HoldOut;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.CsvTable;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small classical tables: real columns, then a class. */
@AutoService(DatasetProvider.class)
public final class Tables implements DatasetProvider {
  private static final String FOLDER =
      "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/";

  private static final List<DatasetCard> CARDS =
      List.of(
          card(
              "iris",
              "Iris",
              4,
              3,
              "150 flowers, 4 measures in cm, 3 species",
              "R. A. Fisher 1936, UCI Machine Learning Repository",
              "120 train, 30 test",
              new Source(
                  "iris.csv",
                  FOLDER + "iris.csv",
                  "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449",
                  2_734)),
          card(
              "wine",
              "Wine recognition",
              13,
              3,
              "178 wines, 13 chemical measures, 3 cultivars",
              "S. Aeberhard and M. Forina 1991, UCI Machine Learning Repository",
              "143 train, 35 test",
              new Source(
                  "wine_data.csv",
                  FOLDER + "wine_data.csv",
                  "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede",
                  11_157)),
          card(
              "breast-cancer",
              "Breast Cancer Wisconsin (Diagnostic)",
              30,
              2,
              "569 cell samples, 30 measures, malignant or benign",
              "W. Wolberg, O. Mangasarian, N. Street and W. Street 1995, UCI Machine Learning"
                  + " Repository",
              "456 train, 113 test",
              new Source(
                  "breast_cancer.csv",
                  FOLDER + "breast_cancer.csv",
                  "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
                  119_913)));

  private static DatasetCard card(
      String id,
      String name,
      int columns,
      int classes,
      String summary,
      String citation,
      String counts,
      Source source) {
    return new DatasetCard(
        id,
        name,
        new DataSpec.Conditional(new Modality.Tabular(columns), new Modality.Label(classes)),
        summary,
        "CC BY 4.0",
        citation,
        counts + ": rows whose index modulo 5 is 4 are test",
        List.of(source));
  }

  @Override
  public List<DatasetCard> cards() {
    return CARDS;
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    DatasetCard card =
        CARDS.stream()
            .filter(c -> c.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no table '" + id + "'"));
    // The first line holds counts and class names: "150,4,setosa,versicolor,virginica".
    CsvTable table =
        CsvTable.open(
            ByteSource.of(files.get(id, card.sources().getFirst())), new CsvTable.Layout(',', 1));
    int label = table.names().size() - 1;
    HoldOut parts =
        HoldOut.spread(
            0.2,
            new Batch(
                table.numbers(IntStream.range(0, label).toArray()), table.classes(label).labels()));
    return new Dataset(card, parts.train(), Optional.empty(), parts.test(), Optional.empty());
  }
}
