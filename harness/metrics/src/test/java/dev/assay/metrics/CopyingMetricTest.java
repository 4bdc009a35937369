package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.MetricValue;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CopyingMetricTest {
  private static final int WIDTH = 6;
  private static final int HELD = 500;
  private static final float[] TRAIN = Clouds.floats(WIDTH * 2000, 0, 1);
  private static final Evaluations DATA =
      Evaluations.table(WIDTH, TRAIN, Clouds.floats(WIDTH * HELD, 0, 2));
  private final CopyingMetric metric = new CopyingMetric();

  @Test
  void freshDrawsAreAsFarFromTrainingDataAsChanceHasIt() {
    MetricValue value = DATA.sampled(Clouds.floats(WIDTH * 1000, 0, 3)).value(metric);
    assertThat(value.value()).isCloseTo(0, within(0.2));
    assertThat(metric.objection(value)).isEmpty();
  }

  @Test
  void copiesOfTrainingDataAreObjectedToEvenWithNoise() {
    MetricValue exact = DATA.sampled(Arrays.copyOf(TRAIN, WIDTH * 800)).value(metric);
    assertThat(exact.value()).isEqualTo(1);
    assertThat(metric.objection(exact).orElseThrow()).startsWith("it copies training data: 100%");
    float[] noisy = Arrays.copyOf(TRAIN, WIDTH * 800);
    float[] noise = Clouds.floats(noisy.length, 0, 4);
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += 0.05f * noise[i];
    }
    assertThat(metric.objection(DATA.sampled(noisy).value(metric))).isPresent();
  }

  @Test
  void aThirdOfCopiesIsAboutAThird() {
    float[] mixed = Clouds.floats(WIDTH * 900, 0, 5);
    System.arraycopy(TRAIN, 0, mixed, 0, WIDTH * 300);
    assertThat(DATA.sampled(mixed).value(metric).value()).isCloseTo(1 / 3.0, within(0.15));
  }

  @Test
  void copiesOfHeldOutDataAreNoCopiesOfTrainingData() {
    float[] held = Clouds.floats(WIDTH * HELD, 0, 2);
    assertThat(DATA.sampled(held).value(metric).value()).isNegative();
  }

  @Test
  void wideDataAreComparedAlongDirectionsThatKeepCopiesEqual() {
    int width = 200;
    float[] train = Clouds.floats(width * 300, 0, 1);
    Evaluations wide = Evaluations.table(width, train, Clouds.floats(width * 300, 0, 2));
    assertThat(wide.sampled(train).value(metric).value()).isEqualTo(1);
    MetricValue fresh = wide.sampled(Clouds.floats(width * 1000, 0, 3)).value(metric);
    assertThat(fresh.value()).isCloseTo(0, within(0.2));
  }

  @Test
  void pointsThatOccurInBothPartsCountByTheirNumbers() {
    // Everything is one point: of each sample's 30 + 20 nearest, 30 are training ones; of each
    // training example's 29 + 20 others, 29 are.
    Evaluations one = Evaluations.table(1, new float[30], new float[20]).sampled(new float[40]);
    double base = 29 / 49.0;
    assertThat(one.value(metric).value()).isCloseTo((30 / 50.0 - base) / (1 - base), within(1e-12));
  }
}
