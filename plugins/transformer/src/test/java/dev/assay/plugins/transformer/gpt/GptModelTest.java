package dev.assay.plugins.transformer.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GptModelTest {
  private static final GptProvider PROVIDER = new GptProvider();

  private static GptConfig config(Object... pairs) {
    return Configs.bind(GptConfig.class, map(pairs));
  }

  private static TextSampler sampler(Object... pairs) {
    return Configs.bind(TextSampler.class, map(pairs));
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Learns a text by heart, and samples from it. */
  private static List<String> learnt(
      Modality.Text.Form form, String text, TextSampler sampler, Object... params) {
    DataSpec.Conditional spec = DataSpec.of(new Modality.Text(form));
    Batch data = Batch.of(new Values.Texts(List.of(text)));
    Map<String, Object> all = map("layers", 1, "heads", 2, "width", 32, "block", 8, "warmup", 5);
    all.putAll(map("decay_steps", 0, "learning_rate", 0.01, "min_learning_rate", 0));
    all.putAll(map(params));
    GptConfig config = Configs.bind(GptConfig.class, all);
    try (Backend backend = Backends.open(1);
        GenerativeModel<TextSampler> model =
            PROVIDER.create(config, TestContext.of(backend, 1, spec, data))) {
      ToyBatches batches = new ToyBatches(spec, data, RandomStream.root(2));
      for (int i = 0; i < 120; i++) {
        model.train(batches);
      }
      Values drawn = model.sample(SampleRequest.of(3, RandomStream.root(3)), sampler).values();
      return ((Values.Texts) drawn).texts();
    }
  }

  @Test
  void aStreamLearntByHeartGoesOnBeyondTheContextFromItsPrompt() {
    String text = "abcd".repeat(50);
    assertThat(
            learnt(
                Modality.Text.Form.STREAM,
                text,
                sampler("prompt", "bc", "max_length", 30, "greedy", true)))
        .containsOnly("bc" + "dabc".repeat(8).substring(0, 30));
  }

  @Test
  void aSampleEndsBeforeTheStopAndThePromptDoesNotStopIt() {
    String text = "abcd".repeat(50);
    assertThat(
            learnt(
                Modality.Text.Form.STREAM,
                text,
                sampler("prompt", "cdab", "max_length", 30, "stop", "da", "temperature", 0.1)))
        .containsOnly("cdabc");
  }

  @ParameterizedTest
  @EnumSource
  void everyTokenizerServes(TokenizerSpec.Scheme scheme) {
    String text = "to be or not to be that is to be or not to be";
    assertThat(
            learnt(
                Modality.Text.Form.DOCUMENTS,
                text,
                sampler("greedy", true, "max_length", 60),
                "tokenizer",
                Configs.key(scheme),
                "vocabulary",
                300,
                "min_count",
                1,
                "block",
                64))
        .containsOnly(text);
  }

  @Test
  void aDocumentEndsByItself() {
    assertThat(learnt(Modality.Text.Form.DOCUMENTS, "abcab", sampler("top_k", 1, "max_length", 30)))
        .containsOnly("abcab");
  }

  @ParameterizedTest
  @CsvSource({
    "width, 130, 'width' is 130",
    "stride, 65, 'stride' is 65",
    "decay_steps, 100, 'decay_steps' is 100",
    "min_learning_rate, 0.5, 'min_learning_rate' is 0.5",
    "batch, 0, 'batch' is 0",
    "groups, 3, 'groups' is 3"
  })
  void settingsThatDoNotGoTogetherAreNamedWithTheirValues(
      String key, double value, String message) {
    Object number = value == Math.rint(value) ? (Object) (long) value : (Object) value;
    assertThatThrownBy(() -> config(key, number))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anUnknownTokenizerIsAnsweredWithTheChoices() {
    assertThatThrownBy(() -> config("tokenizer", "letters"))
        .hasMessageContaining("letters")
        .hasMessageContaining("byte, char, word, spaced, bpe, wordpiece, unigram");
  }

  @Test
  void aMisfitSaysWhatTheModelNeeds() {
    GptConfig config = config();
    assertThat(PROVIDER.fits(config, DataSpec.of(new Modality.Image(2, 2, 1, 256))))
        .isEqualTo(Fit.raw());
    assertThat(PROVIDER.fits(config, DataSpec.of(new Modality.Image(2, 2, 1, 257))))
        .isEqualTo(Fit.no("GPT takes images of up to 256 levels, these have 257"));
    assertThat(PROVIDER.fits(config, DataSpec.of(new Modality.Tabular(2))))
        .isEqualTo(Fit.no("GPT learns text, sound, and images of up to 256 levels"));
    Modality text = new Modality.Text(Modality.Text.Form.STREAM);
    assertThat(PROVIDER.fits(config, new DataSpec.Conditional(text, new Modality.Label(2))))
        .isEqualTo(Fit.raw());
    assertThat(PROVIDER.fits(config, new DataSpec.Conditional(text, text)))
        .isEqualTo(
            Fit.no(
                "GPT learns p(x), or texts under texts; it can leave labels aside, but no other"
                    + " condition"));
    assertThat(PROVIDER.fits(config("packed", true), DataSpec.of(text)))
        .isEqualTo(Fit.no("'packed' is for texts with an end of their own"));
  }

  private static final Modality DOCUMENT = new Modality.Text(Modality.Text.Form.DOCUMENTS);
  private static final DataSpec PAIRS = new DataSpec.Conditional(DOCUMENT, DOCUMENT);
  private static final Batch SUMS =
      new Batch(
          new Values.Texts(List.of("five", "two", "three")),
          new Values.Texts(List.of("two and three", "one and one", "one and two")));

  private static GenerativeModel<TextSampler> model(
      Backend backend, DataSpec spec, Batch data, Object... params) {
    Map<String, Object> all = map("layers", 1, "heads", 2, "width", 16, "block", 24, "warmup", 5);
    all.putAll(map("decay_steps", 0, "learning_rate", 0.01, "min_learning_rate", 0));
    all.putAll(map(params));
    return PROVIDER.create(
        Configs.bind(GptConfig.class, all), TestContext.of(backend, 1, spec, data));
  }

  @ParameterizedTest
  @EnumSource
  void textsThatShareRowsDoNotSeeEachOther(GptConfig.Positions positions) {
    Batch texts = Batch.of(new Values.Texts(List.of("abc", "ba", "c", "", "cabcab", "aaaaaaaaaa")));
    for (Batch data : List.of(texts, SUMS)) {
      DataSpec spec = data.equals(texts) ? DataSpec.of(DOCUMENT) : PAIRS;
      try (Backend backend = Backends.open(1);
          GenerativeModel<TextSampler> apart =
              model(backend, spec, data, "positions", Configs.key(positions), "block", 32);
          GenerativeModel<TextSampler> packed =
              model(
                  backend,
                  spec,
                  data,
                  "positions",
                  Configs.key(positions),
                  "block",
                  32,
                  "packed",
                  true)) {
        ToyBatches first = new ToyBatches(spec, data, RandomStream.root(2));
        ToyBatches second = new ToyBatches(spec, data, RandomStream.root(2));
        for (int i = 0; i < 4; i++) {
          StepReport report = packed.train(second);
          assertThat(report.loss()).isCloseTo(apart.train(first).loss(), within(1e-4));
          assertThat(report.examples()).isEqualTo(12);
        }
      }
    }
  }

  @Test
  void aFewRowsHoldManyTexts() {
    // Texts of 2, 3, 1 and 3 predictions in rows of 4: 2 + 1, 3, 3.
    int[] windows = {
      9, 1, 9, -1, -1, 9, 2, 3, 9, -1, 9, 9, -1, -1, -1, 9, 4, 5, 9, -1,
    };
    Rows rows = Rows.of(windows, 4).packed(2);
    assertThat(rows.count()).isEqualTo(4);
    assertThat(rows.predicted()).isEqualTo(9);
    assertThat(rows.tokens())
        .containsExactly(9, 1, 9, -1, 9, 2, 3, -1, 9, 4, 5, -1, -1, -1, -1, -1);
    assertThat(rows.targets())
        .containsExactly(1, 9, 9, -1, 2, 3, 9, -1, 4, 5, 9, -1, -1, -1, -1, -1);
    assertThat(Arrays.copyOf(rows.documents(), 8)).containsExactly(0, 0, 1, -1, 0, 0, 0, -1);
    assertThat(Arrays.copyOf(rows.places(), 8)).containsExactly(0, 1, 0, 0, 0, 1, 2, 0);
  }

  @Test
  void onlyResponsesAreLearntAndScored() {
    try (Backend backend = Backends.open(1);
        GenerativeModel<TextSampler> model =
            model(backend, PAIRS, SUMS, "batch", 3, "learning_rate", 0)) {
      Scorer scorer = (Scorer) model;
      double[] nats = scorer.score(SUMS, scorer.methods(1).getFirst(), RandomStream.root(1), 0);
      double loss = model.train(new ToyBatches(PAIRS, SUMS, RandomStream.root(2))).loss();
      // Of four, three and five letters, each with its end.
      assertThat(loss).isCloseTo((nats[0] + nats[1] + nats[2]) / 15, within(1e-4));
    }
  }

  @Test
  void aResponseLearntByHeartIsDrawnUnderItsPrompt() {
    try (Backend backend = Backends.open(1);
        GenerativeModel<TextSampler> model = model(backend, PAIRS, SUMS, "batch", 3)) {
      ToyBatches batches = new ToyBatches(PAIRS, SUMS, RandomStream.root(2));
      for (int i = 0; i < 150; i++) {
        model.train(batches);
      }
      SampleRequest request = new SampleRequest(0, 3, SUMS.condition(), RandomStream.root(3));
      assertThat(model.sample(request, sampler("greedy", true, "max_length", 10)).values())
          .isEqualTo(SUMS.x());
    }
  }

  @Test
  void rotaryPositionsNeedPairs() {
    assertThatThrownBy(() -> config("positions", "rotary", "width", 12, "heads", 4))
        .hasMessageContaining("heads of width 3 have no pairs");
  }

  @Test
  void aBeamSearchTakesNoPartOfDrawing() {
    assertThatThrownBy(() -> sampler("beams", 2, "temperature", 0.5))
        .hasMessageContaining("'beams' is 2");
    assertThatThrownBy(() -> sampler("length_penalty", 0.5))
        .hasMessageContaining("only with 'beams'");
  }

  @Test
  void aBeamSearchFindsWhatWasLearntByHeart() {
    assertThat(
            learnt(
                Modality.Text.Form.DOCUMENTS,
                "abcab",
                sampler("beams", 4, "length_penalty", 0.6, "max_length", 30)))
        .containsOnly("abcab");
  }

  @Test
  void swigluHasAsManyWeightsAsGeluUpToRounding() {
    // 3 matrices of 8/3 widths against 2 of 4
    assertThat(config("network", "swiglu", "width", 96).hiddenWidth()).isEqualTo(256);
    assertThat(config("network", "swiglu", "hidden", 100).hiddenWidth()).isEqualTo(100);
    assertThat(config().hiddenWidth()).isEqualTo(512);
  }
}
