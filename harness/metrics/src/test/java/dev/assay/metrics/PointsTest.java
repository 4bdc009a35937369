package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PointsTest {
  @Test
  void columnsAreStandardisedByTheTrainingData() {
    Points.Scaling scaling = table(2, new float[] {1, 10, 3, 30});
    // Means 2 and 20, deviations 1 and 10.
    Points got = scaling.apply(new Values.Dense(Shape.of(2), new float[] {2, 20, 5, 0}));
    assertThat(got.data()).containsExactly(new double[] {0, 0, 3, -2}, within(1e-12));
  }

  @Test
  void aConstantColumnKeepsItsUnit() {
    // 0.1 a thousand times: the mean is off by rounding, and so would be a deviation.
    float[] train = new float[1000];
    Arrays.fill(train, 0.1f);
    Points got = table(1, train).apply(new Values.Dense(Shape.of(1), new float[] {0.1f, 1.1f}));
    assertThat(got.data()).containsExactly(new double[] {0, 1}, within(1e-6));
  }

  @Test
  void theLevelsOfImagesBecomeTheUnitInterval() {
    Modality image = new Modality.Image(1, 2, 1, 17);
    Values.Dense pixels = new Values.Dense(Shape.of(1, 2, 1), new float[] {0, 16, 4, 8});
    Points got = Points.Scaling.fit(DataSpec.of(image), pixels).apply(pixels);
    assertThat(got.data()).containsExactly(0, 1, 0.25, 0.5);
  }

  @Test
  void firstTakesPointsFromTheFrontAndAndPutsThemBehind() {
    Points x = Points.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    assertThat(x.first(2).data()).containsExactly(1, 2, 3, 4);
    assertThat(x.first(9)).isSameAs(x);
    assertThat(x.first(1).and(x.first(2)).data()).containsExactly(1, 2, 1, 2, 3, 4);
  }

  private static Points.Scaling table(int columns, float[] train) {
    return Points.Scaling.fit(
        DataSpec.of(new Modality.Tabular(columns)), new Values.Dense(Shape.of(columns), train));
  }
}
