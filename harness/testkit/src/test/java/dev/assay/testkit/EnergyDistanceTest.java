package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import org.junit.jupiter.api.Test;

class EnergyDistanceTest {
  @Test
  void itIsTheExcessOfTheMeanDistanceAcrossOverThatWithin() {
    Values.Dense x = points(0, 0, 3, 4);
    Values.Dense y = points(0, 0, 0, 8);
    // Across: 0, 8, 5, 5; within: 5 and 8.
    assertThat(EnergyDistance.of(x, y)).isCloseTo(2 * 18 / 4.0 - 5 - 8, within(1e-12));
  }

  @Test
  void equalDistributionsAreNearZeroApartAndShiftedOnesAreNot() {
    RandomStream random = RandomStream.root(1);
    float[] a = new float[800];
    float[] b = new float[800];
    float[] c = new float[800];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.nextGaussian();
      b[i] = (float) random.nextGaussian();
      c[i] = (float) random.nextGaussian() + 1;
    }
    assertThat(EnergyDistance.of(points(a), points(b))).isCloseTo(0, within(0.03));
    assertThat(EnergyDistance.of(points(a), points(c))).isGreaterThan(0.5);
  }

  private static Values.Dense points(float... data) {
    return new Values.Dense(Shape.of(2), data);
  }
}
