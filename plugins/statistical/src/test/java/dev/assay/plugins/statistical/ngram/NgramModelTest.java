package dev.assay.plugins.statistical.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NgramModelTest {
  private static final List<String> TRAIN =
      List.of("luna", "emma", "ava", "amelia", "olivia", "ella", "nora", "sophia");

  private final Backend backend = Backends.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void bigramsScoreAsInTheGoldenCase() {
    // Golden case ngram_char: 18 predictions, the ends included; vocabulary of 15 with the end.
    Values.Texts test = new Values.Texts(List.of("mia", "mila", "isabella"));
    Map<String, Object> addOne = Map.of("order", 2, "smoothing", "add_k");
    assertThat(perToken(addOne, test)).isCloseTo(2.394346221054197, within(1e-9));
    Map<String, Object> kneserNey = Map.of("order", 2, "discount", 0.75);
    assertThat(perToken(kneserNey, test)).isCloseTo(2.1859045369372523, within(1e-9));
  }

  @Test
  void discountsAreEstimatedFromTheNgramsThatCountOneAndTwo() {
    // "aab" as a stream. Bigrams aa, ab: two that count 1, none 2, so D = 1. Different tokens
    // before a: one (a), and its occurrence at the beginning counts too: 2; before b: one. So of
    // the unigrams one counts 1 and one 2: D = 1 / (1 + 2) = 1/3.
    // p(a) = (2 − 1/3)/3 + (1/3)(2/3)(1/2) = 2/3; p(a | a) = 0/2 + (1)(2)/2 · 2/3 = 2/3.
    GenerativeModel<NgramSampler> model = trained(Map.of("order", 2), Form.STREAM, List.of("aab"));
    double[] nats = score(model, new Values.Texts(List.of("a", "aa")));
    assertThat(nats[0]).isCloseTo(-Math.log(2 / 3.0), within(1e-12));
    assertThat(nats[1]).isCloseTo(-2 * Math.log(2 / 3.0), within(1e-12));
  }

  @Test
  void theNextTokenHasTotalProbabilityOneAfterAnyHistory() {
    for (String smoothing : List.of("kneser_ney", "add_k")) {
      GenerativeModel<NgramSampler> model =
          trained(Map.of("order", 3, "smoothing", smoothing), Form.STREAM, List.of("abcabdabca"));
      for (String history : List.of("", "a", "ab", "dd", "abca", "cccc")) {
        double before = score(model, new Values.Texts(List.of(history)))[0];
        double total = 0;
        for (String next : List.of("a", "b", "c", "d")) {
          double after = score(model, new Values.Texts(List.of(history + next)))[0];
          total += Math.exp(before - after);
        }
        assertThat(total).as("%s after '%s'", smoothing, history).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void theLossBeforeCountingIsThatOfTheUniformDistribution() {
    GenerativeModel<NgramSampler> model = create(Map.of(), Form.DOCUMENTS, TRAIN);
    StepReport report = model.train(batches(Form.DOCUMENTS, TRAIN));
    // a e h i l m n o p r s u v, and the end
    assertThat(report.loss()).isCloseTo(Math.log(14), within(1e-12));
    assertThat(report.finished()).isTrue();
  }

  @Test
  void atTemperatureZeroTheMostLikelyTokenIsTaken() {
    GenerativeModel<NgramSampler> model =
        trained(Map.of("order", 3), Form.STREAM, List.of("abcabcabcabc"));
    Values samples =
        model.sample(SampleRequest.of(2, RandomStream.root(1)), new NgramSampler(0, 30)).values();
    for (String text : ((Values.Texts) samples).texts()) {
      assertThat(text).hasSize(30);
      assertThat("abc".repeat(11)).contains(text);
    }
  }

  private double perToken(Map<String, Object> params, Values.Texts test) {
    // The golden vocabulary has b, which only the test has: a training text of ends would count.
    Batch alphabet = Batch.of(new Values.Texts(List.of("abehilmnoprsuv")));
    TestContext context =
        new TestContext(
            backend,
            RandomStream.root(1),
            DataSpec.of(new Modality.Text(Form.DOCUMENTS)),
            TRAIN.size(),
            alphabet);
    GenerativeModel<NgramSampler> model =
        new NgramProvider().create(Configs.bind(NgramConfig.class, params), context);
    model.train(batches(Form.DOCUMENTS, TRAIN));
    return Arrays.stream(score(model, test)).sum() / 18;
  }

  private GenerativeModel<NgramSampler> trained(
      Map<String, Object> params, Form form, List<String> texts) {
    GenerativeModel<NgramSampler> model = create(params, form, texts);
    model.train(batches(form, texts));
    return model;
  }

  private GenerativeModel<NgramSampler> create(
      Map<String, Object> params, Form form, List<String> texts) {
    Batch train = Batch.of(new Values.Texts(texts));
    DataSpec spec = DataSpec.of(new Modality.Text(form));
    return new NgramProvider()
        .create(Configs.bind(NgramConfig.class, params), TestContext.of(backend, 1, spec, train));
  }

  private static ToyBatches batches(Form form, List<String> texts) {
    return new ToyBatches(
        DataSpec.of(new Modality.Text(form)),
        Batch.of(new Values.Texts(texts)),
        RandomStream.root(2));
  }

  private static double[] score(GenerativeModel<NgramSampler> model, Values.Texts texts) {
    Scorer scorer = (Scorer) model;
    return scorer.score(Batch.of(texts), scorer.methods(1).get(0), RandomStream.root(1), 0);
  }
}
