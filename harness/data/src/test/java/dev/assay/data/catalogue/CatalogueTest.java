package dev.assay.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.MirrorFolder;
import dev.assay.data.prepare.Preparer;
import dev.assay.data.prepare.PreprocessOptions;
import dev.assay.data.prepare.SplitOptions;
import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {
  private static final List<DatasetProvider> PROVIDERS =
      ServiceLoader.load(DatasetProvider.class).stream().map(ServiceLoader.Provider::get).toList();

  private static Dataset load(String id) throws IOException {
    for (DatasetProvider provider : PROVIDERS) {
      if (provider.cards().stream().anyMatch(card -> card.id().equals(id))) {
        return provider.load(id, MirrorFolder.files());
      }
    }
    throw new AssertionError("no provider of " + id);
  }

  private static List<DatasetCard> cards() {
    return PROVIDERS.stream().flatMap(provider -> provider.cards().stream()).toList();
  }

  @Test
  void everyDatasetIsFoundOnceAndItsCardIsFull() {
    assertThat(cards().stream().map(DatasetCard::id))
        .containsExactlyInAnyOrder(
            "uci-digits",
            "gaussians-8",
            "two-moons",
            "checkerboard",
            "pinwheel",
            "rings",
            "sprites",
            "iris",
            "wine",
            "breast-cancer",
            "mnist",
            "fashion-mnist",
            "usps",
            "mnist-usps",
            "tinyshakespeare",
            "names",
            "wikitext-2",
            "multi30k",
            "scan",
            "cmudict",
            "gsm8k",
            "scitldr",
            "squad",
            "fsdd",
            "jsb-chorales",
            "sentence-polarity",
            "sst-2",
            "text-tasks");
    for (DatasetCard card : cards()) {
      assertThat(card.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(
              List.of(card.name(), card.summary(), card.license(), card.citation(), card.split()))
          .as(card.id())
          .allMatch(text -> !text.isBlank());
      for (Source source : card.sources()) {
        assertThat(source.sha256()).matches("[0-9a-f]{64}");
        String file =
            card.id().equals("wikitext-2")
                ? source.file().replaceFirst("wiki\\.(.*)\\.tokens", "$1.txt")
                : source.file().replaceFirst("^/[^/]+/", "");
        boolean repacked = List.of("fsdd", "sst-2").contains(card.id());
        if (file.startsWith("derived/") || repacked) {
          assertThat(source.url()).as("official address of %s", file).isEmpty();
        } else {
          assertThat(source.url()).startsWith("https://").endsWith(file);
        }
      }
    }
  }

  /** Class counts: Hastie, Tibshirani and Friedman, the site of the book. */
  @Test
  void uspsHasItsClassesAndStandsBesideAsManyOfMnist() throws IOException {
    Dataset usps = load("usps");
    int[] labels = ((Values.Labels) usps.train().condition()).labels();
    assertThat(
            IntStream.range(0, 10).map(c -> (int) IntStream.of(labels).filter(l -> l == c).count()))
        .containsExactly(1194, 1005, 731, 658, 652, 556, 664, 645, 542, 644);
    assertThat(usps.test().count()).isEqualTo(2007);

    Dataset both = load("mnist-usps");
    assertThat(both.train().count()).isEqualTo(2 * 7291);
    assertThat(both.test().count()).isEqualTo(2 * 2007);
    assertThat(both.card().spec().together())
        .isEqualTo(
            new DataSpec.Conditional(new Modality.Image(16, 16, 1, 256), new Modality.Label(2)));
    assertThat(((Values.Labels) both.test().condition()).labels()).startsWith(0, 1, 0, 1);
    assertThat(both.train().dense().range(1, 2))
        .usingRecursiveComparison()
        .isEqualTo(usps.train().dense().range(0, 1));
    // ink of an MNIST digit, spread over fewer pixels
    double ink = 0;
    for (float level : ((Values.Dense) both.train().x().range(0, 1)).data()) {
      assertThat(level).isBetween(0f, 255f).isEqualTo((float) Math.rint(level));
      ink += level * 1.5 * 1.5;
    }
    double given = 0;
    for (float level : ((Values.Dense) load("mnist").train().x().range(0, 1)).data()) {
      given += level;
    }
    assertThat(ink / given).isBetween(0.99, 1.01);
  }

  @Test
  void hashesAndSizesAreThoseOfTheMirrorsList() throws IOException {
    Path mirror = MirrorFolder.orSkip();
    Path list = mirror.resolve("SHA256SUMS");
    Map<String, String> sums = new HashMap<>();
    for (String line : Files.readAllLines(list)) {
      String[] parts = line.split("\\s+[*]?", 2);
      sums.put(parts[1], parts[0]);
    }
    for (DatasetCard card : cards()) {
      for (Source source : card.sources()) {
        String file = source.path(card.id());
        assertThat(sums.get(file)).as(file).isEqualTo(source.sha256());
        assertThat(Files.size(mirror.resolve(file))).as(file).isEqualTo(source.bytes());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"iris, 120, 30, 4, 3", "wine, 143, 35, 13, 3", "breast-cancer, 456, 113, 30, 2"})
  void tablesHaveTheirRowsColumnsAndClasses(
      String id, int train, int test, int columns, int classes) throws IOException {
    Dataset dataset = load(id);
    assertThat(dataset.train().count()).isEqualTo(train);
    assertThat(dataset.test().count()).isEqualTo(test);
    assertThat(dataset.card().spec())
        .isEqualTo(
            new DataSpec.Conditional(new Modality.Tabular(columns), new Modality.Label(classes)));
    assertThat(dataset.train().dense().item().dims()).containsExactly(columns);
    int[] labels = ((Values.Labels) dataset.train().condition()).labels();
    assertThat(IntStream.of(labels).distinct().sorted())
        .containsExactly(IntStream.range(0, classes).boxed().toArray(Integer[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "multi30k, 29000, 1014, 1000, Two young, Zwei junge weiße",
    "scan, 16728, 0, 4182, I_TURN_RIGHT I_TURN_RIGHT I_JUMP, jump opposite right twice",
    "cmudict, 121640, 6755, 6771, B AW1 T, '''bout'",
    "scitldr, 1992, 619, 618, We provide necessary, Due to the success",
    "squad, 8839, 0, 1731, Denver Broncos, Which NFL team represented the AFC"
  })
  void pairsHaveTheirCountsAndStandTogether(
      String id, int train, int valid, int test, String text, String condition) throws IOException {
    Dataset dataset = load(id);
    assertThat(dataset.train().count()).isEqualTo(train);
    assertThat(dataset.valid().map(Batch::count).orElse(0)).isEqualTo(valid);
    assertThat(dataset.test().count()).isEqualTo(test);
    assertThat(dataset.train().texts().texts().getFirst()).startsWith(text);
    assertThat(((Values.Texts) dataset.train().condition()).texts().getFirst())
        .startsWith(condition);
  }

  @Test
  void wikiTextHasItsPublishedWordsAndVocabulary() throws IOException {
    Dataset dataset = load("wikitext-2");
    Tokenizer words =
        Tokenizers.create(
            new TokenizerSpec(Scheme.SPACED, TokenizerSpec.Side.X, 1, 1),
            dataset.train().texts().texts());
    // 33,278 with the end of a line, and the end of the text, which is none of them.
    assertThat(words.size()).isEqualTo(33_279);
    assertThat(words.encode(dataset.train().texts().texts().getFirst())).hasSize(2_088_628);
    assertThat(words.encode(dataset.valid().orElseThrow().texts().texts().getFirst()))
        .hasSize(217_646);
    assertThat(words.encode(dataset.test().texts().texts().getFirst())).hasSize(245_569);
  }

  @Test
  void noWordOfTheDictionaryIsInTwoParts() throws IOException {
    Dataset dataset = load("cmudict");
    Set<String> seen = new HashSet<>();
    int words = 0;
    for (Batch part : List.of(dataset.train(), dataset.valid().orElseThrow(), dataset.test())) {
      Set<String> own = new HashSet<>(((Values.Texts) part.condition()).texts());
      words += own.size();
      seen.addAll(own);
    }
    assertThat(seen).hasSize(126_052).hasSize(words);
  }

  @Test
  void tasksOfTextStandInTurnUnderTheirNames() throws IOException {
    Dataset dataset = load("text-tasks");
    assertThat(dataset.train().count()).isEqualTo(16_728 + 20_000 + 9_596);
    assertThat(dataset.test().count()).isEqualTo(3 * 1_066);
    List<String> sources = ((Values.Texts) dataset.test().condition()).texts();
    List<String> texts = dataset.test().texts().texts();
    for (int i = 0; i < texts.size(); i += 3) {
      assertThat(sources.get(i)).startsWith("act: ");
      assertThat(texts.get(i)).matches("(I_[A-Z_]+ ?)+");
      assertThat(sources.get(i + 1)).matches("say: \\S+");
      assertThat(texts.get(i + 1)).matches("([A-Z]+[012]? ?)+");
      assertThat(sources.get(i + 2)).startsWith("judge: ");
      assertThat(texts.get(i + 2)).isEqualTo(i % 2 == 0 ? "negative" : "positive");
    }
    assertThat(((Values.Texts) dataset.train().condition()).texts().stream())
        .filteredOn(source -> source.startsWith("act: "))
        .hasSize(16_728)
        .doesNotHaveDuplicates();
  }

  @Test
  void theFirstIrisIsFishersFirst() throws IOException {
    Dataset iris = load("iris");
    assertThat(iris.train().dense().data()).startsWith(5.1f, 3.5f, 1.4f, 0.2f);
    // Row 4 of the file.
    assertThat(iris.test().dense().data()).startsWith(5.0f, 3.6f, 1.4f, 0.2f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion-mnist"})
  void imagesHaveTheirOfficialSplit(String id) throws IOException {
    Dataset dataset = load(id);
    for (Batch part : List.of(dataset.train(), dataset.test())) {
      int[] labels = ((Values.Labels) part.condition()).labels();
      assertThat(part.dense().item().dims()).containsExactly(28, 28, 1);
      assertThat(labels).hasSize(part.count());
      assertThat(IntStream.of(labels).distinct().count()).isEqualTo(10);
      float max = 0;
      for (float level : part.dense().data()) {
        max = Math.max(max, level);
      }
      assertThat(max).isEqualTo(255);
    }
    assertThat(dataset.train().count()).isEqualTo(60_000);
    assertThat(dataset.test().count()).isEqualTo(10_000);
  }

  /** 33.3184 and 0.3081 · 255: the mean and deviation of MNIST that are in general use. */
  @Test
  void mnistHasItsKnownMeanDeviationAndFirstLabels() throws IOException {
    Dataset mnist = load("mnist");
    double sum = 0;
    double squares = 0;
    float[] pixels = mnist.train().dense().data();
    for (float level : pixels) {
      sum += level;
      squares += level * level;
    }
    double mean = sum / pixels.length;
    assertThat(mean / 255).isBetween(0.13065, 0.13075);
    assertThat(Math.sqrt(squares / pixels.length - mean * mean) / 255).isBetween(0.3080, 0.3082);
    assertThat(((Values.Labels) mnist.train().condition()).labels()).startsWith(5, 0, 4, 1, 9, 2);
    assertThat(((Values.Labels) mnist.test().condition()).labels()).startsWith(7, 2, 1, 0, 4, 1);
  }

  @Test
  void shakespeareHas65CharactersAndIsCutAtNineTenths() throws IOException {
    Dataset text = load("tinyshakespeare");
    String train = text.train().texts().texts().getFirst();
    String test = text.test().texts().texts().getFirst();
    assertThat(train).hasSize(1_003_854).startsWith("First Citizen:\nBefore we proceed");
    assertThat(test).hasSize(111_540);
    Tokenizer tokenizer =
        new Preparer()
            .prepare(
                text,
                Configs.defaults(SplitOptions.class),
                Configs.defaults(PreprocessOptions.class))
            .tokenizer(TokenizerSpec.of(Scheme.CHAR));
    // The 65 characters, and the end.
    assertThat(tokenizer.size()).isEqualTo(66);
    assertThat(tokenizer.decode(tokenizer.encode(test))).isEqualTo(test);
  }

  @Test
  void namesHave22766PredictionsInTheTestPart() throws IOException {
    Dataset names = load("names");
    assertThat(names.train().count()).isEqualTo(28_830);
    assertThat(names.test().count()).isEqualTo(3_203);
    assertThat(names.train().texts().texts()).startsWith("emma", "olivia", "ava");
    assertThat(names.test().texts().texts().stream().mapToInt(name -> name.length() + 1).sum())
        .isEqualTo(22_766);
  }

  @Test
  void spokenDigitsAreCodesOfEightBitsUnderTheirDigits() throws IOException {
    Dataset fsdd = load("fsdd");
    assertThat(fsdd.train().count()).isEqualTo(2700);
    assertThat(fsdd.test().count()).isEqualTo(300);
    int[] counts = new int[10];
    for (int digit : ((Values.Labels) fsdd.test().condition()).labels()) {
      counts[digit]++;
    }
    assertThat(counts).containsOnly(30);
    List<String> all = new ArrayList<>(fsdd.train().texts().texts());
    all.addAll(fsdd.test().texts().texts());
    assertThat(all).allMatch(sound -> sound.chars().allMatch(code -> code < 256));
    // 0.144 to 2.283 seconds, 1,312.3 in all, at 8 kHz
    assertThat(all.stream().mapToInt(String::length).min().orElseThrow() / 8).isEqualTo(143);
    assertThat(all.stream().mapToInt(String::length).max().orElseThrow() / 8).isEqualTo(2282);
    assertThat(all.stream().mapToInt(String::length).sum() / 800).isEqualTo(13123);
  }

  @Test
  void sumsEndInTheirNumbers() throws IOException {
    Dataset sums = load("gsm8k");
    assertThat(sums.train().count()).isEqualTo(7473);
    assertThat(sums.test().count()).isEqualTo(1319);
    assertThat(sums.test().texts().texts()).allMatch(answer -> answer.contains("#### "));
    assertThat(sums.test().texts().texts().getFirst()).endsWith("#### 18");
    assertThat(((Values.Texts) sums.test().condition()).texts().getFirst()).startsWith("Janet");
  }

  @Test
  void anAnswerStandsInItsPassageAndSharesItsArticleWithNoOtherPart() throws IOException {
    Dataset answers = load("squad");
    Set<String> seen = new HashSet<>();
    int count = 0;
    for (Batch part : List.of(answers.train(), answers.test())) {
      Set<String> passages = new HashSet<>();
      for (int i = 0; i < part.count(); i++) {
        String condition = ((Values.Texts) part.condition()).texts().get(i);
        String passage = condition.substring(condition.indexOf('\n') + 1);
        assertThat(passage).contains(part.texts().texts().get(i));
        passages.add(passage);
      }
      count += passages.size();
      seen.addAll(passages);
    }
    assertThat(seen).hasSize(2067).hasSize(count);
  }

  @Test
  void choralesHaveFourPitchesForEachSixteenth() throws IOException {
    Dataset chorales = load("jsb-chorales");
    assertThat(chorales.train().count()).isEqualTo(229);
    assertThat(chorales.valid().orElseThrow().count()).isEqualTo(76);
    assertThat(chorales.test().count()).isEqualTo(77);
    List<String> train = chorales.train().texts().texts();
    assertThat(train).allMatch(chorale -> chorale.length() % 4 == 0);
    assertThat(train.stream().mapToInt(String::length).sum()).isEqualTo(4 * 55_228);
    // D5, B flat 4, F4, B flat 3
    assertThat(train.getFirst()).startsWith(Character.toString(74) + "FA:");
  }

  @ParameterizedTest
  @CsvSource({"sentence-polarity, 9596, 1066, 4798, simplistic", "sst-2, 67349, 872, 37569, hide"})
  void opinionsStandUnderSentences(String id, int train, int test, int positive, String firstWord)
      throws IOException {
    Dataset opinions = load(id);
    assertThat(opinions.train().count()).isEqualTo(train);
    assertThat(opinions.test().count()).isEqualTo(test);
    int[] labels = ((Values.Labels) opinions.train().x()).labels();
    assertThat(IntStream.of(labels).sum()).isEqualTo(positive);
    assertThat(((Values.Texts) opinions.train().condition()).texts().getFirst())
        .startsWith(firstWord + " ");
  }
}
