package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three tasks of text under text in one dataset, each told by what its sources begin with (Raffel
 * et al. 2020, §2.4): commands to actions, spellings to sounds, reviews to opinions.
 */
@AutoService(DatasetProvider.class)
public final class TextTasks implements DatasetProvider {
  /** Most training examples of one task (§3.5.2, "examples-proportional mixing"). */
  private static final int LIMIT = 20_000;

  private static final Values.Texts OPINIONS = new Values.Texts(List.of("negative", "positive"));

  private static final DatasetCard CARD =
      new DatasetCard(
          "text-tasks",
          "Three tasks of text under text",
          new DataSpec.Conditional(
              new Modality.Text(Form.DOCUMENTS), new Modality.Text(Form.DOCUMENTS)),
          "49,522 texts under 'act: ' and a command, 'say: ' and a word, or 'judge: ' and a review",
          "as scan, cmudict and sentence-polarity",
          "as scan, cmudict and sentence-polarity; C. Raffel et al. 2020 for the form",
          "of each task at most 20,000 of its training examples and 1,066 of its test examples,"
              + " evenly spread; test examples of the three in turn",
          Stream.of(Pairs.SCAN, Pairs.CMUDICT, Sentiments.POLARITY)
              .flatMap(card -> card.sources().stream().map(source -> source.ofDataset(card.id())))
              .toList());

  @Override
  public List<DatasetCard> cards() {
    return List.of(CARD);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    Dataset opinions = new Sentiments().load(Sentiments.POLARITY.id(), files);
    List<Dataset> tasks =
        List.of(
            new Pairs().load(Pairs.SCAN.id(), files),
            new Pairs().load(Pairs.CMUDICT.id(), files),
            new Dataset(
                CARD,
                inWords(opinions.train()),
                Optional.empty(),
                inWords(opinions.test()),
                Optional.empty()));
    int tested = tasks.stream().mapToInt(task -> task.test().count()).min().orElseThrow();
    return new Dataset(
        CARD,
        together(tasks.stream().map(task -> spread(task.train(), LIMIT)).toList()),
        Optional.empty(),
        together(tasks.stream().map(task -> spread(task.test(), tested)).toList()),
        Optional.empty());
  }

  /** Negative and positive in turn, where the one half stood before the other. */
  private static Batch inWords(Batch opinions) {
    int half = opinions.count() / 2;
    Batch inTurn =
        opinions.select(IntStream.range(0, 2 * half).map(i -> i / 2 + i % 2 * half).toArray());
    int[] labels = ((Values.Labels) inTurn.x()).labels();
    return new Batch(OPINIONS.select(labels), inTurn.condition());
  }

  /** This many examples at equal distances; all if there are not more. */
  private static Batch spread(Batch task, int count) {
    int kept = Math.min(count, task.count());
    int[] places = new int[kept];
    for (int i = 0; i < kept; i++) {
      places[i] = (int) ((long) i * task.count() / kept);
    }
    return task.select(places);
  }

  /** First of each task, second of each, …, every source under the name of its task. */
  private static Batch together(List<Batch> tasks) {
    List<String> names = List.of("act: ", "say: ", "judge: ");
    List<String> texts = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    int longest = tasks.stream().mapToInt(Batch::count).max().orElseThrow();
    for (int i = 0; i < longest; i++) {
      for (int task = 0; task < tasks.size(); task++) {
        Batch batch = tasks.get(task);
        if (i < batch.count()) {
          texts.add(batch.texts().texts().get(i));
          sources.add(names.get(task) + ((Values.Texts) batch.condition()).texts().get(i));
        }
      }
    }
    return new Batch(new Values.Texts(texts), new Values.Texts(sources));
  }
}
