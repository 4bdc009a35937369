package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.samples.ClosestRecordMetric;
import dev.assay.metrics.samples.ColumnsMetric;
import dev.assay.metrics.samples.CorrelationMetric;
import dev.assay.metrics.samples.DistinctMetric;
import dev.assay.metrics.samples.MauveMetric;
import dev.assay.metrics.samples.NearestRatioMetric;
import dev.assay.metrics.samples.SelfBleuMetric;
import dev.assay.metrics.samples.SlicedWassersteinMetric;
import dev.assay.metrics.samples.TrainSyntheticMetric;
import dev.assay.metrics.samples.VendiMetric;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the metrics of samples that are wrapped from their definitions. */
final class SampledMetricsTest {
  private static final float[] TRAIN = Clouds.floats(160, 0, 1);
  private static final float[] TEST = Clouds.floats(100, 0, 2);
  private static final float[] SAMPLES = Clouds.floats(80, 0, 3);
  private static final Evaluations TABLE = Evaluations.table(2, TRAIN, TEST);
  private static final List<String> NAMES =
      IntStream.range(0, 40).mapToObj(i -> "anna" + (char) ('a' + i % 26) + i % 7).toList();

  static Stream<Metric> points() {
    return Stream.of(
        new SlicedWassersteinMetric(),
        new VendiMetric(),
        new ClosestRecordMetric(),
        new NearestRatioMetric(),
        new ColumnsMetric(),
        new CorrelationMetric(),
        new TrainSyntheticMetric());
  }

  static Stream<Metric> distances() {
    return Stream.of(new SlicedWassersteinMetric(), new ColumnsMetric(), new CorrelationMetric());
  }

  static Stream<Metric> texts() {
    return Stream.of(new DistinctMetric(), new SelfBleuMetric(), new MauveMetric());
  }

  @ParameterizedTest
  @MethodSource("points")
  void theValueLiesInItsRangeAndInterval(Metric metric) {
    MetricValue value = TABLE.sampled(SAMPLES).value(metric);
    assertThat(value.metric()).isEqualTo(metric.id());
    assertThat(value.kind()).isEqualTo("sample");
    assertThat(value.unit()).isEqualTo(metric.info().unit());
    assertThat(value.n()).isEqualTo(40);
    assertThat(value.value()).isBetween(metric.info().low(), metric.info().high());
    assertThat(Double.isNaN(value.low()) || value.low() <= value.value()).isTrue();
    assertThat(Double.isNaN(value.high()) || value.high() >= value.value()).isTrue();
    assertThat(value).isEqualTo(TABLE.sampled(SAMPLES).value(metric));
  }

  @ParameterizedTest
  @MethodSource("points")
  void theOrderOfSamplesDoesNotMatter(Metric metric) {
    float[] reversed = new float[SAMPLES.length];
    for (int i = 0; i < SAMPLES.length; i += 2) {
      System.arraycopy(SAMPLES, i, reversed, SAMPLES.length - 2 - i, 2);
    }
    double there = TABLE.sampled(reversed).value(metric).value();
    assertThat(there).isCloseTo(TABLE.sampled(SAMPLES).value(metric).value(), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("points")
  void tooFewPointsOfAnySetGiveNoValue(Metric metric) {
    float[] few = Arrays.copyOf(TEST, 38);
    assertThat(TABLE.values(metric)).isEmpty();
    assertThat(TABLE.sampled(few).values(metric)).isEmpty();
    assertThat(Evaluations.table(2, TRAIN, few).sampled(SAMPLES).values(metric)).isEmpty();
    assertThat(Evaluations.table(2, few, TEST).sampled(SAMPLES).values(metric)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("points")
  void constantDataGiveANumber(Metric metric) {
    MetricValue value =
        Evaluations.table(2, new float[60], new float[50]).sampled(new float[40]).value(metric);
    assertThat(value.value()).isBetween(metric.info().low(), metric.info().high());
  }

  @ParameterizedTest
  @MethodSource("distances")
  void samplesEqualToTheHeldOutDataAreAtNoDistance(Metric metric) {
    assertThat(TABLE.sampled(TEST).value(metric).value()).isCloseTo(0, within(1e-9));
    assertThat(TABLE.sampled(Clouds.floats(80, 3, 3)).value(metric).value()).isGreaterThan(0.01);
  }

  @Test
  void aTableOfOneColumnHasNoPairsToCompare() {
    Evaluations line = Evaluations.table(1, TRAIN, TEST).sampled(SAMPLES);
    assertThat(line.values(new CorrelationMetric())).isEmpty();
    assertThat(line.values(new TrainSyntheticMetric())).isEmpty();
  }

  @Test
  void copiesOfTrainingRowsAreAtNoDistanceFromThem() {
    Evaluations copies = TABLE.sampled(TRAIN);
    assertThat(copies.value(new ClosestRecordMetric()).value()).isZero();
    assertThat(copies.value(new NearestRatioMetric()).value()).isZero();
    assertThat(copies.value(new TrainSyntheticMetric()).value()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsInAnyOrderGiveOneNumberInItsRange(Metric metric) {
    MetricValue value = sampled(NAMES).value(metric);
    assertThat(value.value()).isBetween(metric.info().low(), metric.info().high());
    assertThat(value.n()).isEqualTo(40);
    assertThat(value.signature()).startsWith("v1|n:40|");
    List<String> reversed = NAMES.reversed();
    assertThat(sampled(reversed).value(metric).value()).isCloseTo(value.value(), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void fewOrEmptyTextsGiveNoValueOrOneInRange(Metric metric) {
    assertThat(sampled(NAMES.subList(0, 19)).values(metric)).isEmpty();
    sampled(Collections.nCopies(20, ""))
        .values(metric)
        .forEach(value ->
            assertThat(value.value()).isBetween(metric.info().low(), metric.info().high()));
  }

  @Test
  void repeatedTextsAreUniform() {
    Evaluations same = sampled(Collections.nCopies(30, "catherine"));
    assertThat(same.value(new SelfBleuMetric()).value()).isCloseTo(1, within(1e-12));
    assertThat(same.value(new DistinctMetric()).value()).isCloseTo(1.0 / 30, within(1e-12));
    assertThat(sampled(NAMES).value(new MauveMetric()).value()).isGreaterThan(0.99);
  }

  @Test
  void eachRefusesDataOfAnotherKind() {
    DataSpec text = DataSpec.of(new Modality.Text(Modality.Text.Form.DOCUMENTS));
    DataSpec image = DataSpec.of(new Modality.Image(4, 4, 1, 2));
    points().forEach(m -> assertThat(m.fits(text)).isInstanceOf(Fit.No.class));
    texts().forEach(m -> assertThat(m.fits(image)).isInstanceOf(Fit.No.class));
    assertThat(new TrainSyntheticMetric().fits(image)).isInstanceOf(Fit.No.class);
    assertThat(new VendiMetric().fits(image)).isEqualTo(Fit.raw());
  }

  /** Against held-out texts that equal {@link #NAMES}. */
  private static Evaluations sampled(List<String> texts) {
    return Evaluations.texts(Modality.Text.Form.DOCUMENTS, NAMES.toArray(String[]::new))
        .sampled(new Values.Texts(texts));
  }
}
