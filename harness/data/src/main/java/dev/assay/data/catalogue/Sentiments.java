package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.HoldOut;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.MalformedFileException;
import dev.assay.data.read.TextFile;
import dev.assay.data.read.Zip;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opinions under sentences: x is 0 for a negative and 1 for a positive one, under its text. */
@AutoService(DatasetProvider.class)
public final class Sentiments implements DatasetProvider {
  private static final DataSpec SPEC =
      new DataSpec.Conditional(new Modality.Label(2), new Modality.Text(Form.DOCUMENTS));
  private static final int LARGEST = 1 << 21;

  static final DatasetCard POLARITY =
      new DatasetCard(
          "sentence-polarity",
          "Sentence polarity",
          SPEC,
          "10,662 sentences of film reviews, half of them negative (0), half positive (1)",
          "CC BY 4.0",
          "B. Pang and L. Lee 2005 (rt-polarity 1.0)",
          "9,596 train, 1,066 test: lines whose index modulo 10 is 9 are test, negative ones first",
          List.of(
              new Source(
                  "sentence_polarity.zip",
                  "https://raw.githubusercontent.com/nltk/nltk_data/gh-pages/packages/corpora/sentence_polarity.zip",
                  "6e1ed4405b65c7eabf1d199a7f7c437091ac21da0ea7467b410a74062574566b",
                  490_256)));

  private static final DatasetCard SST2 =
      new DatasetCard(
          "sst-2",
          "Stanford Sentiment Treebank, two classes",
          SPEC,
          "68,221 phrases of film reviews, negative (0) or positive (1)",
          "not stated; for research",
          "R. Socher et al. 2013, in the form of GLUE (A. Wang et al. 2018)",
          "67,349 train, and the 872 of the official development part as test",
          List.of(
              glue(
                  "train.tsv",
                  "48eac26399f8456935f81dd9e3a745c1430adb6c62e233ccfe22db4a0d15d1d1",
                  3_806_081),
              glue(
                  "dev.tsv",
                  "54a9c12c77e402fc14d6a66a506f24d999f596b0176eb777c972cccc2f9cc4b0",
                  94_931)));

  private static Source glue(String file, String sha256, long bytes) {
    return new Source(file, "", sha256, bytes); // the official SST-2.zip has it inside
  }

  /** Sentences as they are read. */
  private record Part(List<Integer> opinions, List<String> texts) {
    Part() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    Batch batch() {
      int[] labels = opinions.stream().mapToInt(Integer::intValue).toArray();
      return new Batch(new Values.Labels(labels), new Values.Texts(texts));
    }
  }

  @Override
  public List<DatasetCard> cards() {
    return List.of(POLARITY, SST2);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    if (id.equals(POLARITY.id())) {
      HoldOut parts = HoldOut.spread(0.1, polarity(files));
      return new Dataset(POLARITY, parts.train(), Optional.empty(), parts.test(), Optional.empty());
    }
    return new Dataset(
        SST2, phrases(files, 0), Optional.empty(), phrases(files, 1), Optional.empty());
  }

  private static Batch polarity(Files files) throws IOException {
    ByteSource zip = ByteSource.of(files.get(POLARITY.id(), POLARITY.sources().getFirst()));
    Part part = new Part();
    for (int opinion = 0; opinion < 2; opinion++) {
      String name = "sentence_polarity/rt-polarity." + (opinion == 0 ? "neg" : "pos");
      for (String line : TextFile.lines(Zip.file(zip, name, LARGEST))) {
        part.opinions.add(opinion);
        part.texts.add(line.strip());
      }
    }
    return part.batch();
  }

  /** Lines of a phrase, a tab and its class, after a heading. */
  private static Batch phrases(Files files, int index) throws IOException {
    ByteSource source = ByteSource.of(files.get(SST2.id(), SST2.sources().get(index)));
    Part part = new Part();
    List<String> lines = TextFile.lines(source);
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      int tab = line.lastIndexOf('\t');
      String opinion = line.substring(tab + 1);
      if (tab < 0 || !(opinion.equals("0") || opinion.equals("1"))) {
        throw new MalformedFileException(
            source.name(), "line " + (i + 1), "is no phrase, tab, and 0 or 1");
      }
      part.opinions.add(opinion.equals("1") ? 1 : 0);
      part.texts.add(line.substring(0, tab).strip());
    }
    return part.batch();
  }
}
