package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.JsonLines;
import dev.assay.data.read.MalformedFileException;
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
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** What is to be said of a passage: its summary, or the answer to a question. */
@AutoService(DatasetProvider.class)
public final class Passages implements DatasetProvider {
  private static final DataSpec PAIRS =
      new DataSpec.Conditional(
          new Modality.Text(Form.DOCUMENTS), new Modality.Text(Form.DOCUMENTS));
  private static final int SIXTHS = 6;
  private static final JsonFactory JSON = new JsonFactory();

  private static final DatasetCard SCITLDR =
      new DatasetCard(
          "scitldr",
          "SciTLDR, abstracts",
          PAIRS,
          "3,229 summaries of one sentence, the authors' own, under the abstracts of papers",
          "Apache-2.0",
          "I. Cachola, K. Lo, A. Cohan and D. Weld 2020",
          "official: 1,992 train, 619 validation, 618 test",
          List.of(
              scitldr(
                  "train",
                  "b222771d387be585cfdf5ae957b36757138415a352e0a3e3b23f73f87c3b1119",
                  3_155_015),
              scitldr(
                  "dev",
                  "3191fa98ccc09521332b7a1cd63b1930be4e8df125a235ccd31e40329709525e",
                  1_124_865),
              scitldr(
                  "test",
                  "fb42dd6cd4f4a1928ae8a01a189456fbfe994a07e938bd49f68653933f6503c9",
                  1_204_107)));

  private static final DatasetCard SQUAD =
      new DatasetCard(
          "squad",
          "SQuAD 1.1, development part",
          PAIRS,
          "10,570 answers, the first of each, under a question, a line end and a paragraph",
          "CC BY-SA 4.0",
          "P. Rajpurkar, J. Zhang, K. Lopyrev and P. Liang 2016",
          "articles of the official development part whose index modulo 6 is 5 are test, the other"
              + " 40 train",
          List.of(
              new Source(
                  "dev-v1.1.json",
                  "https://rajpurkar.github.io/SQuAD-explorer/dataset/dev-v1.1.json",
                  "95aa6a52d5d6a735563366753ca50492a658031da74f301ac5238b03966972c9",
                  4_854_279)));

  private static Source scitldr(String part, String sha256, long bytes) {
    String file = "SciTLDR-A/" + part + ".jsonl";
    String folder = "https://raw.githubusercontent.com/allenai/scitldr/master/SciTLDR-Data/";
    return new Source(file, folder + file, sha256, bytes);
  }

  @Override
  public List<DatasetCard> cards() {
    return List.of(SCITLDR, SQUAD);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    return id.equals(SQUAD.id())
        ? answers(ByteSource.of(files.get(id, SQUAD.sources().getFirst())))
        : new Dataset(
            SCITLDR,
            summaries(files, 0),
            Optional.of(summaries(files, 1)),
            summaries(files, 2),
            Optional.empty());
  }

  /** Lines with the sentences of an abstract, and one summary or several, of which the first. */
  private static Batch summaries(Files files, int index) throws IOException {
    ByteSource source = ByteSource.of(files.get(SCITLDR.id(), SCITLDR.sources().get(index)));
    return new Batch(
        new Values.Texts(
            JsonLines.lists(source, "target").stream().map(all -> all.getFirst().strip()).toList()),
        new Values.Texts(
            JsonLines.lists(source, "source").stream()
                .map(all -> all.stream().map(String::strip).collect(Collectors.joining(" ")))
                .toList()));
  }

  /** Questions and answers as they are read. */
  private record Part(List<String> answers, List<String> passages) {
    Part() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    Batch batch() {
      return new Batch(new Values.Texts(answers), new Values.Texts(passages));
    }
  }

  /**
   * Articles: a title, then paragraphs: a context, then questions: answers with their texts, the
   * question, and its id.
   */
  private static Dataset answers(ByteSource source) throws IOException {
    Part train = new Part();
    Part test = new Part();
    int article = -1;
    String context = null;
    String question = null;
    String answer = null;
    try (InputStream in = source.open();
        JsonParser parser = JSON.createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String field = token == JsonToken.VALUE_STRING ? parser.currentName() : null;
        switch (field) {
          case "title" -> article++;
          case "context" -> context = parser.getString();
          case "question" -> question = parser.getString();
          case "text" -> answer = answer == null ? parser.getString() : answer;
          case "id" -> {
            Part part = article % SIXTHS == SIXTHS - 1 ? test : train;
            part.passages.add(
                told(source, question, "question") + "\n" + told(source, context, "context"));
            part.answers.add(told(source, answer, "text"));
            question = null;
            answer = null;
          }
          case null, default -> {}
        }
      }
    } catch (JacksonException e) {
      throw new MalformedFileException(
          source.name(),
          "column " + e.getLocation().getColumnNr(),
          "not JSON: " + e.getOriginalMessage());
    }
    return new Dataset(SQUAD, train.batch(), Optional.empty(), test.batch(), Optional.empty());
  }

  private static String told(ByteSource source, @Nullable String text, String field)
      throws MalformedFileException {
    if (text == null) {
      throw new MalformedFileException(source.name(), "", "a question without a '" + field + "'");
    }
    return text;
  }
}
