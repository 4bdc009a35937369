package dev.assay.plugins.statistical.independent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Modality;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import org.junit.jupiter.api.Test;

final class MarginalsTest {
  private static final Values.Dense IMAGES =
      new Values.Dense(Shape.of(1, 2, 1), new float[] {0, 2, 1, 2, 0, 2});

  @Test
  void levelsHaveTheirSmoothedFrequencies() {
    LevelMarginals levels = new LevelMarginals(new Modality.Image(1, 2, 1, 3), 1);
    levels.fit(IMAGES);
    // first pixel: counts 2, 1, 0; second: 0, 0, 3; each plus one, of 6
    Values.Dense x = new Values.Dense(Shape.of(1, 2, 1), new float[] {0, 2, 2, 0});
    assertThat(levels.nats(x))
        .containsExactly(
            new double[] {-Math.log(3 / 6.0 * 4 / 6.0), -Math.log(1 / 6.0 * 1 / 6.0)},
            within(1e-12));
  }

  @Test
  void aValueThatIsNoLevelIsRefused() {
    LevelMarginals levels = new LevelMarginals(new Modality.Image(1, 1, 1, 3), 1);
    for (float value : new float[] {-1, 0.5f, 3, Float.NaN}) {
      Values.Dense x = new Values.Dense(Shape.of(1, 1, 1), new float[] {value});
      assertThatThrownBy(() -> levels.nats(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(value))
          .hasMessageContaining("0 to 2");
    }
  }

  @Test
  void aColumnIsAHistogramWithTails() {
    // range 0 to 4 in two bins of width 2, counts 3 and 1, smoothed by 1: 4/6 and 2/6. Mean 1.5,
    // variance 2.25; the Gaussian of twice the deviation has 1/5 of the mass.
    ColumnMarginals column = new ColumnMarginals(1, 2, 1);
    column.fit(column(0, 1, 1, 4));
    double spread = 3;
    double[] points = {0.5, 3.5, 4, -1, 100};
    double[] histogram = {4 / 6.0 / 2, 2 / 6.0 / 2, 2 / 6.0 / 2, 0, 0};
    for (int i = 0; i < points.length; i++) {
      double z = (points[i] - 1.5) / spread;
      double gaussian = Math.exp(-z * z / 2) / spread / Math.sqrt(2 * Math.PI);
      double expected = -Math.log(0.8 * histogram[i] + 0.2 * gaussian);
      assertThat(column.nats(column((float) points[i]))[0])
          .as("at %s", points[i])
          .isCloseTo(expected, within(1e-9));
    }
    assertThat(column.nats(column(1e6f))[0]).isFinite();
  }

  @Test
  void aConstantColumnHasAFiniteDensityAndConstantSamples() {
    ColumnMarginals column = new ColumnMarginals(1, 8, 0.01);
    column.fit(column(7, 7, 7, 7, 7));
    assertThat(column.nats(column(7))[0]).isFinite();
    Values samples =
        column.sample(SampleRequest.of(50, RandomStream.root(1)), new IndependentSampler(1));
    for (float value : ((Values.Dense) samples).data()) {
      assertThat(value).isCloseTo(7, within(1e-3f));
    }
  }

  private static Values.Dense column(float... values) {
    return new Values.Dense(Shape.of(1), values);
  }
}
