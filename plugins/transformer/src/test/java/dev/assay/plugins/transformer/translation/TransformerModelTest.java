package dev.assay.plugins.transformer.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransformerModelTest {
  private static final Modality TEXT = new Modality.Text(Form.DOCUMENTS);
  private static final DataSpec.Conditional SPEC = new DataSpec.Conditional(TEXT, TEXT);
  private static final Batch PAIRS =
      new Batch(
          new Values.Texts(List.of("one two", "two one", "three")),
          new Values.Texts(List.of("eins zwei", "zwei eins", "drei")));

  private final Backend backend = Backends.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  private GenerativeModel<TextSampler> model(Map<String, Object> params) {
    Map<String, Object> all =
        new HashMap<>(Map.of("layers", 1, "heads", 2, "width", 32, "hidden", 64, "batch", 3));
    all.putAll(Map.of("tokenizer", "spaced", "source_tokenizer", "spaced", "min_count", 1));
    all.putAll(Map.of("longest", 16, "warmup", 20, "rate", 0.3, "dropout", 0.0));
    all.putAll(params);
    return new TransformerProvider()
        .create(
            Configs.bind(TransformerConfig.class, all), TestContext.of(backend, 1, SPEC, PAIRS));
  }

  private static ToyBatches batches() {
    return new ToyBatches(SPEC, PAIRS, RandomStream.root(2));
  }

  @Test
  void learntSentencesAreTranslatedByDrawsAndBeams() {
    ToyBatches batches = batches();
    try (GenerativeModel<TextSampler> model = model(Map.of("label_smoothing", 0.0))) {
      for (int i = 0; i < 150; i++) {
        model.train(batches);
      }
      for (Map<String, Object> how :
          List.<Map<String, Object>>of(Map.of("greedy", true), Map.of("beams", 3))) {
        TextSampler sampler = Configs.bind(TextSampler.class, how);
        SampleRequest request = new SampleRequest(0, 3, PAIRS.condition(), RandomStream.root(3));
        assertThat(model.sample(request, sampler).values()).as("%s", how).isEqualTo(PAIRS.x());
      }
      Scorer scorer = (Scorer) model;
      Batch swapped = new Batch(PAIRS.x().select(new int[] {1, 0, 2}), PAIRS.condition());
      double[] right = scorer.score(PAIRS, scorer.methods(1).get(0), RandomStream.root(1), 0);
      double[] wrong = scorer.score(swapped, scorer.methods(1).get(0), RandomStream.root(1), 0);
      assertThat(right[0]).isLessThan(0.5).isLessThan(wrong[0]);
      assertThat(right[1]).isLessThan(0.5).isLessThan(wrong[1]);
    }
  }

  @Test
  void smoothingAddsItsShareOfTheMeanOverAllTokens() {
    // Before the first update, for the same weights: loss = (1 − ε) nll + ε even.
    double[] even = new double[2];
    for (int i = 0; i < 2; i++) {
      double smoothing = 0.2 + 0.3 * i;
      try (GenerativeModel<TextSampler> model = model(Map.of("label_smoothing", smoothing))) {
        StepReport report = model.train(batches());
        double nll = report.details().get("nll");
        even[i] = (report.loss() - (1 - smoothing) * nll) / smoothing;
        assertThat(even[i]).isGreaterThan(Math.log(5));
      }
    }
    assertThat(even[0]).isCloseTo(even[1], within(1e-3));
  }

  @Test
  void theReportedNatsAreThoseOfTheScoreForEachToken() {
    try (GenerativeModel<TextSampler> model = model(Map.of("rate", 0.0))) {
      double nll = model.train(batches()).details().get("nll");
      Scorer scorer = (Scorer) model;
      double[] nats = scorer.score(PAIRS, scorer.methods(1).get(0), RandomStream.root(1), 0);
      // Two words and the end, twice; one word and the end.
      assertThat(nll).isCloseTo((nats[0] + nats[1] + nats[2]) / 8, within(1e-4));
    }
  }

  @Test
  void settingsAndDataThatDoNotGoTogetherAreNamed() {
    assertThatThrownBy(() -> Configs.bind(TransformerConfig.class, Map.of("width", 130)))
        .hasMessageContaining("'width' is 130");
    assertThatThrownBy(
            () -> Configs.bind(TransformerConfig.class, Map.of("joint", true, "tokenizer", "char")))
        .hasMessageContaining("needs equal tokenizers");
    TransformerConfig config = Configs.defaults(TransformerConfig.class);
    TransformerProvider provider = new TransformerProvider();
    assertThat(provider.fits(config, SPEC)).isEqualTo(Fit.raw());
    assertThat(provider.fits(config, DataSpec.of(TEXT)))
        .isEqualTo(Fit.no("it learns texts under texts, each with an end of its own"));
  }
}
