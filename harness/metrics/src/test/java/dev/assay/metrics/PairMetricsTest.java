package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.pairs.AnswerOverlapMetric;
import dev.assay.metrics.pairs.BleuMetric;
import dev.assay.metrics.pairs.CharacterErrorMetric;
import dev.assay.metrics.pairs.ChrfMetric;
import dev.assay.metrics.pairs.ExactMatchMetric;
import dev.assay.metrics.pairs.LowercaseBleuMetric;
import dev.assay.metrics.pairs.RougeMetric;
import dev.assay.metrics.pairs.TerMetric;
import dev.assay.metrics.pairs.TokenErrorMetric;
import dev.assay.metrics.text.Bleu;
import dev.assay.metrics.text.Chrf;
import dev.assay.metrics.text.Ter;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the metrics of texts under sources. */
final class PairMetricsTest {
  private static final List<String> SOURCES =
      IntStream.range(0, 24).mapToObj(i -> "source " + i).toList();
  private static final List<String> TEXTS =
      IntStream.range(0, 24)
          .mapToObj(i -> "the dog number " + i + " ran far away from home")
          .toList();
  private static final Evaluations PAIRS = Evaluations.pairs(SOURCES, TEXTS);

  static Stream<Metric> metrics() {
    return Stream.of(
        new BleuMetric(),
        new LowercaseBleuMetric(),
        new ChrfMetric(),
        new TerMetric(),
        new RougeMetric(),
        new TokenErrorMetric(),
        new CharacterErrorMetric(),
        new ExactMatchMetric(),
        new AnswerOverlapMetric());
  }

  private static double best(Metric metric) {
    return metric.info().direction() == Metric.Direction.LOWER
        ? metric.info().low()
        : metric.info().high();
  }

  private static MetricValue value(Metric metric, List<String> texts) {
    return PAIRS.sampled(new Values.Texts(texts)).value(metric);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void theTextsOfTheSourcesAreBestAndOfOtherSourcesWorse(Metric metric) {
    MetricValue own = value(metric, TEXTS);
    assertThat(own.value()).isCloseTo(best(metric), within(1e-9));
    assertThat(own.n()).isEqualTo(24);
    assertThat(own.unit()).isEqualTo(metric.info().unit());
    assertThat(own.signature()).startsWith("v1|n:24|");
    List<String> others = new ArrayList<>(TEXTS);
    Collections.rotate(others, 1);
    MetricValue other = value(metric, others);
    assertThat(Math.abs(other.value() - best(metric))).isGreaterThan(0.01);
    assertThat(other.value()).isBetween(other.low(), other.high());
    assertThat(other.value()).isBetween(metric.info().low(), metric.info().high());
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void emptyTextsAreWorst(Metric metric) {
    double worst = metric.info().direction() == Metric.Direction.HIGHER ? 0 : 1;
    double scale = metric.info().unit().equals("%") ? 100 : 1;
    assertThat(value(metric, Collections.nCopies(24, "")).value()).isEqualTo(scale * worst);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void samplesBeyondTheHeldOutPairsAreLeftOutAndFewOnesGiveNoValue(Metric metric) {
    List<String> more = new ArrayList<>(TEXTS);
    more.addAll(Collections.nCopies(10, "something else"));
    assertThat(value(metric, more)).isEqualTo(value(metric, TEXTS));
    assertThat(PAIRS.sampled(new Values.Texts(TEXTS.subList(0, 19))).values(metric)).isEmpty();
    assertThat(PAIRS.values(metric)).isEmpty();
    assertThat(value(metric, TEXTS.subList(0, 20)).n()).isEqualTo(20);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void textsWithoutSourcesAreRefused(Metric metric) {
    DataSpec alone = DataSpec.of(new Modality.Text(Form.DOCUMENTS));
    assertThat(metric.fits(alone)).isInstanceOf(Fit.No.class);
    Evaluations unpaired =
        Evaluations.texts(Form.DOCUMENTS, TEXTS.toArray(String[]::new))
            .sampled(new Values.Texts(TEXTS));
    assertThat(unpaired.values(metric)).isEmpty();
  }

  @Test
  void corporaScoreAsTheirDefinitionsDo() {
    List<String> texts =
        TEXTS.stream().map(t -> t.replace("dog", "Dog").replace("far ", "")).toList();
    List<List<String>> known = List.of(TEXTS);
    assertThat(value(new BleuMetric(), texts).value())
        .isCloseTo(Bleu.CORPUS.corpus(texts, known).score(), within(1e-9));
    List<String> small = texts.stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
    assertThat(value(new LowercaseBleuMetric(), texts).value())
        .isCloseTo(Bleu.CORPUS.corpus(small, known).score(), within(1e-9));
    assertThat(value(new ChrfMetric(), texts).value())
        .isCloseTo(Chrf.CHRF.corpus(texts, known), within(1e-9));
    assertThat(value(new TerMetric(), texts).value())
        .isCloseTo(Ter.corpus(texts, known), within(1e-9));
  }

  @Test
  void aSourceWithSeveralReferencesIsJudgedOnceByTheOneThatSuitsBest() {
    List<String> sources = new ArrayList<>(SOURCES);
    List<String> texts = new ArrayList<>(TEXTS);
    // Source 0 again, with a second reference that its text equals; the text at its place is wrong.
    sources.add("source 0");
    texts.add("a cat");
    List<String> samples = new ArrayList<>(texts);
    samples.set(0, "a cat");
    samples.set(24, "nothing of this kind");
    Evaluations run = Evaluations.pairs(sources, texts).sampled(new Values.Texts(samples));
    assertThat(run.value(new ExactMatchMetric()).value()).isEqualTo(1);
    assertThat(run.value(new TokenErrorMetric()).value()).isZero();
    assertThat(run.value(new TokenErrorMetric()).n()).isEqualTo(24);
    assertThat(run.value(new BleuMetric()).n()).isEqualTo(25);
  }

  @Test
  void editsAreCountedPerTokenOfAllReferences() {
    List<String> phonemes = Collections.nCopies(24, "AA1 L B");
    List<String> heard = new ArrayList<>(phonemes);
    heard.set(3, "AA1 L");
    heard.set(7, "AA1 B L");
    Evaluations run = Evaluations.pairs(SOURCES, phonemes).sampled(new Values.Texts(heard));
    assertThat(run.value(new TokenErrorMetric()).value()).isCloseTo(3 / 72.0, within(1e-12));
    assertThat(run.value(new ExactMatchMetric()).value()).isCloseTo(22 / 24.0, within(1e-12));
  }
}
