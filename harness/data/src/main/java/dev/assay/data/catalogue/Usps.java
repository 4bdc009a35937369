package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.MalformedFileException;
import dev.assay.data.read.TextFile;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Handwritten digits of envelopes; and beside them MNIST at their size, as two unpaired sets. */
@AutoService(DatasetProvider.class)
public final class Usps implements DatasetProvider {
  private static final int SIDE = 16;
  private static final int LEVELS = 256;
  private static final int CLASSES = 10;

  /** Of MNIST's pixels, so that its digits are as large in their image as those of USPS. */
  private static final int MNIST_MARGIN = 2;

  private static final Modality.Image IMAGE = new Modality.Image(SIDE, SIDE, 1, LEVELS);

  private static final DatasetCard USPS =
      new DatasetCard(
          "usps",
          "USPS",
          new DataSpec.Conditional(IMAGE, new Modality.Label(CLASSES)),
          "9,298 grey images of handwritten digits, 16 × 16, 10 classes",
          "not stated; free for research",
          "J. Hull 1994; T. Hastie, R. Tibshirani and J. Friedman 2009",
          "official: 7,291 train, 2,007 test",
          List.of(
              source(
                  "train",
                  "64a85fb97ce993e1493b843dcfbd7775d538c2ad432a8a4d4ca4b8f80a6902af",
                  1_686_966),
              source(
                  "test",
                  "ea07ec34b34d02feaf065b6717f74b8030c6ff91d1f898d217732aef26abe17e",
                  467_212)));

  /** As text of three decimals in the layout of the book's site, which has other bytes. */
  private static Source source(String part, String sha256, long bytes) {
    return new Source("derived/zip." + part + ".gz", "", sha256, bytes);
  }

  private static final DatasetCard BOTH =
      new DatasetCard(
          "mnist-usps",
          "MNIST and USPS, unpaired",
          new DataSpec.Unpaired(IMAGE, IMAGE),
          "18,596 grey images of handwritten digits, 16 × 16: as many of MNIST as of USPS",
          "as mnist and usps",
          "as mnist and usps; Zhu et al. 2017 for the task",
          "official: of each 7,291 train, 2,007 test",
          Stream.of(Mnist.CARD, USPS)
              .flatMap(card -> card.sources().stream().map(source -> source.ofDataset(card.id())))
              .toList());

  @Override
  public List<DatasetCard> cards() {
    return List.of(USPS, BOTH);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    Dataset usps =
        new Dataset(
            USPS,
            digits(files, USPS.sources().get(0)),
            Optional.empty(),
            digits(files, USPS.sources().get(1)),
            Optional.empty());
    if (id.equals(USPS.id())) {
      return usps;
    }
    if (!id.equals(BOTH.id())) {
      throw new NoSuchElementException("no dataset '" + id + "' here");
    }
    Dataset mnist = new Mnist().load(Mnist.CARD.id(), files);
    return new Dataset(
        BOTH,
        inTurn(mnist.train(), usps.train()),
        Optional.empty(),
        inTurn(mnist.test(), usps.test()),
        Optional.empty());
  }

  /** Lines of a label and 256 numbers from −1, white, to 1, ink. */
  private static Batch digits(Files files, Source source) throws IOException {
    ByteSource bytes = ByteSource.of(files.get(USPS.id(), source));
    List<String> lines = TextFile.lines(bytes);
    int size = IMAGE.size();
    float[] data = new float[lines.size() * size];
    int[] labels = new int[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] words = lines.get(i).strip().split("\\s+");
      if (words.length != size + 1) {
        throw new MalformedFileException(
            bytes.name(),
            "line " + (i + 1),
            words.length + " numbers, but " + (size + 1) + " are expected");
      }
      try {
        labels[i] = (int) Double.parseDouble(words[0]);
        for (int k = 0; k < size; k++) {
          double ink = (Double.parseDouble(words[k + 1]) + 1) / 2;
          data[i * size + k] = Math.round(Math.clamp(ink, 0, 1) * (LEVELS - 1));
        }
      } catch (NumberFormatException e) {
        throw new MalformedFileException(
            bytes.name(), "line " + (i + 1), "no number: " + e.getMessage());
      }
    }
    return new Batch(new Values.Dense(Shape.of(SIDE, SIDE, 1), data), new Values.Labels(labels));
  }

  /** First of the one, first of the other, second of the one, …, while both last. */
  private static Batch inTurn(Batch mnist, Batch usps) {
    int each = Math.min(mnist.count(), usps.count());
    int size = IMAGE.size();
    float[] data = new float[2 * each * size];
    int[] sets = new int[2 * each];
    Values.Dense small =
        Resize.inner((Values.Dense) mnist.x().range(0, each), MNIST_MARGIN, SIDE, SIDE);
    for (int i = 0; i < each; i++) {
      System.arraycopy(small.data(), i * size, data, 2 * i * size, size);
      System.arraycopy(usps.dense().data(), i * size, data, (2 * i + 1) * size, size);
      sets[2 * i + 1] = 1;
    }
    return new Batch(new Values.Dense(Shape.of(SIDE, SIDE, 1), data), new Values.Labels(sets));
  }
}
