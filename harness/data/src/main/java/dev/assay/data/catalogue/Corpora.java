package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.HoldOut;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.TextFile;
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
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Texts: two running, one of many short documents. */
@AutoService(DatasetProvider.class)
public final class Corpora implements DatasetProvider {
  private static final DatasetCard SHAKESPEARE =
      new DatasetCard(
          "tinyshakespeare",
          "Tiny Shakespeare",
          DataSpec.of(new Modality.Text(Form.STREAM)),
          "1,115,394 characters of plays, 65 of them distinct",
          "public domain (repository MIT)",
          "W. Shakespeare; selected by A. Karpathy 2015 (char-rnn)",
          "first 90 % of the characters train, last 10 % test",
          List.of(
              new Source(
                  "input.txt",
                  "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
                  "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
                  1_115_394)));

  private static final DatasetCard NAMES =
      new DatasetCard(
          "names",
          "Names",
          DataSpec.of(new Modality.Text(Form.DOCUMENTS)),
          "32,033 first names in lower case, 26 letters",
          "MIT (data of the US SSA: public domain)",
          "A. Karpathy 2022 (makemore)",
          "28,830 train, 3,203 test: lines whose index modulo 10 is 9 are test",
          List.of(
              new Source(
                  "names.txt",
                  "https://raw.githubusercontent.com/karpathy/makemore/master/names.txt",
                  "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
                  228_145)));

  /** The copies of pytorch/examples, which are the official files under shorter names. */
  private static final DatasetCard WIKITEXT =
      new DatasetCard(
          "wikitext-2",
          "WikiText-2",
          DataSpec.of(new Modality.Text(Form.STREAM)),
          "2,551,843 words of Wikipedia articles, 33,278 distinct, rare ones as <unk>",
          "CC BY-SA 3.0",
          "S. Merity, C. Xiong, J. Bradbury and R. Socher 2016",
          "official: 2,088,628 / 217,646 / 245,569 words, ends of lines among them",
          List.of(
              wikitext(
                  "train",
                  "9e9fa1ad55b1c2c95b08e37dd8e653f638fac2c6de904b79e813611eefbc985f",
                  10_797_148),
              wikitext(
                  "valid",
                  "f0737ed31fc1329026e95cb8b98e19c2a182c39c240ab909dc31abf2f8af58e8",
                  1_121_681),
              wikitext(
                  "test",
                  "d790b833ef8cf03a90db7bf1271b7520b83c45ce07ba3c1a9699df81e239eca0",
                  1_256_449)));

  private static Source wikitext(String part, String sha256, long bytes) {
    return new Source(
        "wiki." + part + ".tokens",
        "https://raw.githubusercontent.com/pytorch/examples/main/word_language_model/data/wikitext-2/"
            + part
            + ".txt",
        sha256,
        bytes);
  }

  @Override
  public List<DatasetCard> cards() {
    return List.of(SHAKESPEARE, NAMES, WIKITEXT);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    DatasetCard card =
        cards().stream()
            .filter(c -> c.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no text '" + id + "'"));
    ByteSource source = ByteSource.of(files.get(id, card.sources().getFirst()));
    if (card.equals(WIKITEXT)) {
      return new Dataset(
          card,
          HoldOut.stream(TextFile.whole(source)),
          Optional.of(stream(files, card.sources().get(1))),
          stream(files, card.sources().get(2)),
          Optional.empty());
    }
    HoldOut parts =
        card.equals(SHAKESPEARE)
            ? HoldOut.tail(0.1, TextFile.whole(source))
            : HoldOut.spread(0.1, Batch.of(new Values.Texts(TextFile.lines(source))));
    return new Dataset(card, parts.train(), Optional.empty(), parts.test(), Optional.empty());
  }

  private static Batch stream(Files files, Source part) throws IOException {
    return HoldOut.stream(TextFile.whole(ByteSource.of(files.get(WIKITEXT.id(), part))));
  }
}
