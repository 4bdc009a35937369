package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleMetricsTest {
  private static final float[] TRAIN = Clouds.floats(160, 0, 1);
  private static final float[] TEST = Clouds.floats(100, 0, 2);
  private static final float[] SAMPLES = Clouds.floats(80, 0, 3);
  private static final Evaluations TABLE = Evaluations.table(2, TRAIN, TEST);

  static Stream<Metric> metrics() {
    return Stream.of(
        new C2stMetric(), new MmdMetric(), new EnergyDistanceMetric(), new MemorizationMetric());
  }

  @Test
  void allAreFoundByTheirIds() {
    assertThat(ServiceLoader.load(Metric.class).stream().map(p -> p.get().id()))
        .contains(
            "nll",
            "bits-per-dim",
            "nats-per-character",
            "bits-per-byte",
            "c2st",
            "mmd",
            "energy-distance",
            "memorization")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void theValueIsOneNumberInsideItsRangeAndInterval(Metric metric) {
    MetricValue value = TABLE.sampled(SAMPLES).value(metric);
    assertThat(value.metric()).isEqualTo(metric.id());
    assertThat(value.kind()).isEqualTo("sample");
    assertThat(value.unit()).isEqualTo("1");
    assertThat(value.direction()).isEqualTo(Metric.Direction.LOWER);
    assertThat(value.n()).isEqualTo(40);
    assertThat(value.value()).isBetween(metric.info().low(), metric.info().high());
    assertThat(Double.isNaN(value.low()) || value.low() <= value.value()).isTrue();
    assertThat(Double.isNaN(value.high()) || value.high() >= value.value()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void anEqualStreamGivesAnEqualValue(Metric metric) {
    Evaluations evaluation = TABLE.sampled(SAMPLES);
    assertThat(evaluation.value(metric)).isEqualTo(evaluation.value(metric));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void tooFewPointsOfAnySetGiveNoValue(Metric metric) {
    float[] few = Arrays.copyOf(TEST, 38);
    assertThat(TABLE.values(metric)).isEmpty();
    assertThat(TABLE.sampled(few).values(metric)).isEmpty();
    assertThat(Evaluations.table(2, TRAIN, few).sampled(SAMPLES).values(metric)).isEmpty();
    assertThat(Evaluations.table(2, few, TEST).sampled(SAMPLES).values(metric)).isEmpty();
    assertThat(TABLE.sampled(Arrays.copyOf(TEST, 40)).values(metric)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void constantDataGiveANumber(Metric metric) {
    MetricValue value =
        Evaluations.images(4, 2, new float[100]).sampled(new float[80]).value(metric);
    assertThat(value.value()).isFinite();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void theUnitOfAColumnDoesNotMatter(Metric metric) {
    double scale = 1024;
    MetricValue there =
        Evaluations.table(2, times(TRAIN, scale), times(TEST, scale))
            .sampled(times(SAMPLES, scale))
            .value(metric);
    assertThat(there.value()).isCloseTo(TABLE.sampled(SAMPLES).value(metric).value(), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void textsAreRefused(Metric metric) {
    assertThat(metric.fits(DataSpec.of(new Modality.Text(Modality.Text.Form.STREAM))))
        .isInstanceOf(Fit.No.class);
    assertThat(metric.fits(DataSpec.of(new Modality.Tabular(2)))).isEqualTo(Fit.raw());
  }

  @Test
  void theSignatureSaysHowManyWereComparedAndHow() {
    Evaluations table = TABLE.sampled(SAMPLES);
    assertThat(table.value(new C2stMetric()).signature())
        .matches("v1\\|n:40\\|held:40\\|scale:train-sd@[0-9a-f]{8}\\|balanced");
    assertThat(table.value(new MmdMetric()).signature())
        .matches("v1\\|n:40\\|held:50\\|scale:train-sd@[0-9a-f]{8}\\|kernel:rbf\\|sigma:median");
    assertThat(table.value(new EnergyDistanceMetric()).signature())
        .matches("v1\\|n:40\\|held:50\\|scale:train-sd@[0-9a-f]{8}\\|estimator:u");
    assertThat(table.value(new MemorizationMetric()).signature())
        .matches("v1\\|n:40\\|held:50\\|scale:train-sd@[0-9a-f]{8}\\|balanced");
    assertThat(
            Evaluations.images(4, 2, new float[100])
                .sampled(new float[80])
                .value(new MmdMetric())
                .signature())
        .startsWith("v1|n:20|held:25|scale:unit|");
  }

  @Test
  void anotherScaleOfTheColumnsIsAnotherSignature() {
    Evaluations other = Evaluations.table(2, Clouds.floats(160, 0, 9), TEST).sampled(SAMPLES);
    assertThat(other.value(new MmdMetric()).signature())
        .isNotEqualTo(TABLE.sampled(SAMPLES).value(new MmdMetric()).signature());
  }

  @Test
  void setsAreThinnedToTheMost() {
    float[] many = Clouds.floats(SampleMetric.MOST + 100, 0, 4);
    MetricValue value =
        Evaluations.table(1, many, many).sampled(many).value(new MemorizationMetric());
    assertThat(value.n()).isEqualTo(SampleMetric.MOST);
    assertThat(value.signature()).startsWith("v1|n:2000|held:2000|");
  }

  @Test
  void aChoiceOfDataStoredInOrderIsFair() {
    // Two classes, stored one after the other, and samples of both: were the first 40 of the
    // 200 test points taken, half of the samples would stand alone.
    float[] test = new float[200];
    float[] samples = Clouds.floats(40, 0, 5);
    for (int i = 0; i < test.length; i++) {
      test[i] = Clouds.floats(1, i < 100 ? 0 : 50, 100 + i)[0];
    }
    for (int i = 0; i < samples.length; i += 2) {
      samples[i] += 50;
    }
    double mean =
        LongStream.range(0, 20)
            .mapToDouble(seed ->
                Evaluations.table(1, test, test)
                    .sampled(samples)
                    .seed(seed)
                    .value(new C2stMetric())
                    .value())
            .average()
            .orElseThrow();
    assertThat(mean).isLessThan(0.3);
  }

  @Test
  void samplesOfTheDataScoreBetterThanOthers() {
    float[] shifted = Clouds.floats(80, 2, 3);
    for (Metric metric : List.of(new C2stMetric(), new MmdMetric(), new EnergyDistanceMetric())) {
      assertThat(TABLE.sampled(SAMPLES).value(metric).value())
          .isLessThan(TABLE.sampled(shifted).value(metric).value());
    }
  }

  @Test
  void copiesOfTheTrainingDataAreMemorised() {
    Evaluations equal = Evaluations.table(2, TRAIN, Clouds.floats(160, 0, 2));
    MetricValue copies = equal.sampled(TRAIN).value(new MemorizationMetric());
    assertThat(copies.value()).isEqualTo(1);
    assertThat(copies.low()).isEqualTo(1);
    MetricValue fresh = equal.sampled(SAMPLES).value(new MemorizationMetric());
    // 40 samples: the share has a standard error of at most 0.08.
    assertThat(fresh.value()).isBetween(0.26, 0.74);
    assertThat(fresh.high() - fresh.low()).isBetween(0.2, 0.4);
  }

  @Test
  void copiesOfTheHeldOutDataDoNotPassForSamples() {
    assertThat(TABLE.sampled(TEST).value(new C2stMetric()).value()).isEqualTo(1);
  }

  private static float[] times(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (values[i] * factor);
    }
    return scaled;
  }
}
