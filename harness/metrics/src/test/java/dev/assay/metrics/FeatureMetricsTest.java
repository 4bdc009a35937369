package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.fidelity.CoverageMetric;
import dev.assay.metrics.fidelity.DensityMetric;
import dev.assay.metrics.fidelity.FeatureL2Metric;
import dev.assay.metrics.fidelity.FidInfinityMetric;
import dev.assay.metrics.fidelity.FidMetric;
import dev.assay.metrics.fidelity.InceptionScoreMetric;
import dev.assay.metrics.fidelity.KidMetric;
import dev.assay.metrics.fidelity.PrecisionMetric;
import dev.assay.metrics.fidelity.RecallMetric;
import dev.assay.metrics.fidelity.SfidMetric;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FeatureMetricsTest {
  private static final int N = 1200;
  private static final float[] TRAIN = Clouds.floats(2 * N, 0, 1);
  private static final float[] TEST = Clouds.floats(2 * N, 0, 2);
  private static final Evaluations TABLE = Evaluations.table(2, TRAIN, TEST);
  private static final Evaluations GOOD = TABLE.sampled(Clouds.floats(2 * N, 0, 3));
  private static final Evaluations SHIFTED = TABLE.sampled(Clouds.floats(2 * N, 3, 3));

  static Stream<Metric> onTables() {
    return Stream.<Metric>of(
        new FidMetric(),
        new FidInfinityMetric(),
        new KidMetric(),
        new PrecisionMetric(),
        new RecallMetric(),
        new DensityMetric(),
        new CoverageMetric(),
        new FeatureL2Metric());
  }

  static Stream<Metric> onImages() {
    return Stream.concat(
        onTables(), Stream.<Metric>of(new SfidMetric(), new InceptionScoreMetric()));
  }

  @ParameterizedTest
  @MethodSource("onTables")
  void samplesFromTheSameDistributionAreBetterThanShiftedOnes(Metric metric) {
    double good = GOOD.value(metric).value();
    double shifted = SHIFTED.value(metric).value();
    if (metric.info().direction() == Metric.Direction.LOWER) {
      assertThat(good).isLessThan(shifted);
    } else {
      assertThat(good).isGreaterThan(shifted);
    }
  }

  @ParameterizedTest
  @MethodSource("onTables")
  void anEqualStreamGivesAnEqualValueInItsRange(Metric metric) {
    MetricValue value = GOOD.value(metric);
    assertThat(GOOD.value(metric)).isEqualTo(value);
    assertThat(value.value()).isBetween(metric.info().low(), metric.info().high());
    assertThat(value.n()).isEqualTo(N);
    assertThat(value.kind()).isEqualTo("sample");
  }

  @ParameterizedTest
  @MethodSource("onImages")
  void tooFewSamplesGiveNoValue(Metric metric) {
    int least = metric.info().minimumSamples();
    Evaluations images = images(N).withNetwork();
    assertThat(images.sampled(pixels(least - 1, 3)).values(metric)).isEmpty();
    assertThat(images.sampled(pixels(least, 3)).values(metric)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("onImages")
  void imagesWithoutANetworkHaveNoValueAndOthersNameIt(Metric metric) {
    Evaluations images = images(N).sampled(pixels(N, 3));
    assertThat(images.values(metric)).isEmpty();
    assertThat(images.withNetwork().value(metric).signature())
        .startsWith("v1|n:1200|held:1200|features:itself@0");
  }

  @Test
  void theDistanceIsThatOfTheGaussians() {
    // Both sets lie on one axis: means 1 and 4, variances (n − 1) 4 and 16; (4 − 1)² + (4 − 2)².
    float[] held = line(N, 1, 2);
    float[] samples = line(N, 4, 4);
    Evaluations images = Evaluations.images(1, 2, held).sampled(samples).withNetwork();
    assertThat(images.value(new FidMetric()).value()).isCloseTo(9 + 4, within(1e-5));
  }

  @Test
  void theExtrapolatedDistanceOfAPerfectSamplerIsNearZeroWhereThePlainOneIsNot() {
    int width = 20;
    float[] held = Clouds.floats(width * 4000, 0, 5);
    Evaluations wide = Evaluations.table(width, held, held);
    float[] few = Clouds.floats(width * 1000, 0, 6);
    double plain = wide.sampled(few).value(new FidMetric()).value();
    double limit = wide.sampled(few).value(new FidInfinityMetric()).value();
    assertThat(plain).isGreaterThan(0.1);
    assertThat(Math.abs(limit)).isLessThan(plain / 4);
  }

  @Test
  void theScoreOfSureAndBalancedClassesIsTheirNumber() {
    float[] logits = new float[4 * 400];
    for (int i = 0; i < 400; i++) {
      logits[4 * i + i % 4] = 50;
    }
    Evaluations images = Evaluations.images(4, 2, logits).sampled(logits).withNetwork();
    assertThat(images.value(new InceptionScoreMetric()).value()).isCloseTo(4, within(1e-9));
  }

  @Test
  void theDistanceToTheNearestSampleIsZeroForCopiesOfTheHeldOutData() {
    assertThat(TABLE.sampled(TEST).value(new FeatureL2Metric()).value()).isZero();
  }

  @Test
  void blocksGiveTheKernelDistanceAnInterval() {
    float[] many = Clouds.floats(2 * 5000, 0, 7);
    Evaluations large = Evaluations.table(2, many, many);
    MetricValue value = large.sampled(Clouds.floats(2 * 5000, 0, 8)).value(new KidMetric());
    assertThat(value.low()).isLessThan(value.value());
    assertThat(value.high()).isGreaterThan(value.value());
    assertThat(GOOD.value(new KidMetric()).low()).isNaN();
  }

  @Test
  void onlyImagesHavePlacesAndClasses() {
    for (Metric metric : List.<Metric>of(new SfidMetric(), new InceptionScoreMetric())) {
      assertThat(metric.fits(DataSpec.of(new Modality.Tabular(2)))).isInstanceOf(Fit.No.class);
      assertThat(metric.fits(DataSpec.of(new Modality.Image(8, 8, 1, 2)))).isEqualTo(Fit.raw());
    }
  }

  /** Images of four pixels, of any two levels. */
  private static Evaluations images(int count) {
    return Evaluations.images(4, 2, pixels(count, 2));
  }

  private static float[] pixels(int count, long seed) {
    RandomStream random = RandomStream.root(seed);
    float[] pixels = new float[4 * count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  /** Numbers of this mean and variance², alternately above and below. */
  private static float[] line(int count, double mean, double deviation) {
    double half = deviation * Math.sqrt((count - 1.0) / count);
    float[] values = new float[count];
    Arrays.setAll(new double[count], i -> values[i] = (float) (mean + (i % 2 == 0 ? half : -half)));
    return values;
  }
}
