package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.Idx;
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

/** MNIST and the datasets that share its files' names and form. */
@AutoService(DatasetProvider.class)
public final class Mnist implements DatasetProvider {
  private static final String SPLIT = "official: 60,000 train, 10,000 test";

  /** The author's site no longer answers; this is where torchvision gets the same bytes from. */
  private static final String MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";

  private static final String FASHION =
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/";

  private static final DataSpec SPEC =
      new DataSpec.Conditional(new Modality.Image(28, 28, 1, 256), new Modality.Label(10));

  private static final List<DatasetCard> CARDS =
      List.of(
          new DatasetCard(
              "mnist",
              "MNIST",
              SPEC,
              "70,000 grey images of handwritten digits, 28 × 28, 10 classes",
              "CC BY-SA 3.0",
              "Y. LeCun, C. Cortes and C. Burges 1998",
              SPLIT,
              List.of(
                  new Source(
                      "train-images-idx3-ubyte.gz",
                      MNIST + "train-images-idx3-ubyte.gz",
                      "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                      9_912_422),
                  new Source(
                      "train-labels-idx1-ubyte.gz",
                      MNIST + "train-labels-idx1-ubyte.gz",
                      "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                      28_881),
                  new Source(
                      "t10k-images-idx3-ubyte.gz",
                      MNIST + "t10k-images-idx3-ubyte.gz",
                      "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                      1_648_877),
                  new Source(
                      "t10k-labels-idx1-ubyte.gz",
                      MNIST + "t10k-labels-idx1-ubyte.gz",
                      "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                      4_542))),
          new DatasetCard(
              "fashion-mnist",
              "Fashion-MNIST",
              SPEC,
              "70,000 grey images of clothes, 28 × 28, 10 classes",
              "MIT",
              "H. Xiao, K. Rasul and R. Vollgraf 2017",
              SPLIT,
              List.of(
                  new Source(
                      "train-images-idx3-ubyte.gz",
                      FASHION + "train-images-idx3-ubyte.gz",
                      "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                      26_421_880),
                  new Source(
                      "train-labels-idx1-ubyte.gz",
                      FASHION + "train-labels-idx1-ubyte.gz",
                      "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                      29_515),
                  new Source(
                      "t10k-images-idx3-ubyte.gz",
                      FASHION + "t10k-images-idx3-ubyte.gz",
                      "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                      4_422_102),
                  new Source(
                      "t10k-labels-idx1-ubyte.gz",
                      FASHION + "t10k-labels-idx1-ubyte.gz",
                      "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                      5_148))));

  /** MNIST alone. */
  static final DatasetCard CARD = CARDS.getFirst();

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
            .orElseThrow(() -> new NoSuchElementException("no dataset '" + id + "' here"));
    List<Source> sources = card.sources();
    return new Dataset(
        card,
        images(files, id, sources.get(0), sources.get(1)),
        Optional.empty(),
        images(files, id, sources.get(2), sources.get(3)),
        Optional.empty());
  }

  private static Batch images(Files files, String id, Source images, Source labels)
      throws IOException {
    return new Batch(
        Idx.read(ByteSource.of(files.get(id, images))).examples(images.file()),
        Idx.read(ByteSource.of(files.get(id, labels))).labels(labels.file()));
  }
}
