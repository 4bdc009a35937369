package dev.assay.plugins.statistical.ar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import org.junit.jupiter.api.Test;

final class RegressionTest {
  @Test
  void coefficientsOfASimulatedSeriesComeBack() {
    Regression truth = new Regression(new double[] {0.6, -0.3}, 0.5, 0.25);
    int length = 40;
    float[] data = new float[500 * length];
    for (int row = 0; row < data.length; row += length) {
      RandomStream random = RandomStream.root(1).child(row);
      for (int t = 2; t < length; t++) {
        data[row + t] = (float) truth.draw(data, row + t, random);
      }
    }
    Regression fitted = Regression.fit(data, length, 2, 2, length, 1e-9);
    // 19,000 steps of noise: standard errors of about 1 / √19000 = 0.007.
    assertThat(fitted.coefficients()).containsExactly(new double[] {0.6, -0.3}, within(0.03));
    assertThat(fitted.intercept()).isCloseTo(0.5, within(0.03));
    assertThat(fitted.variance()).isCloseTo(0.25, within(0.01));
  }

  @Test
  void aLineIsFittedExactly() {
    // x₁ = 2 x₀ + 1 at x₀ = 0, 1, 2.
    Regression fitted = Regression.fit(new float[] {0, 1, 1, 3, 2, 5}, 2, 1, 1, 2, 1e-12);
    assertThat(fitted.coefficients()[0]).isCloseTo(2, within(1e-9));
    assertThat(fitted.intercept()).isCloseTo(1, within(1e-9));
  }
}
