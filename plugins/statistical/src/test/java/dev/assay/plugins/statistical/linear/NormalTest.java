package dev.assay.plugins.statistical.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class NormalTest {
  @Test
  void probabilitiesAreTheTabulatedOnes() {
    assertThat(Normal.cdf(0)).isEqualTo(0.5);
    assertThat(Normal.cdf(1)).isCloseTo(0.841344746068542949, within(1e-15));
    assertThat(Normal.cdf(1.959963984540054)).isCloseTo(0.975, within(1e-14));
    Percentage rounding = Percentage.withPercentage(1e-10);
    assertThat(Normal.cdf(-3.5)).isCloseTo(2.3262907903552504e-4, rounding);
    assertThat(Normal.cdf(-6)).isCloseTo(9.865876450376981e-10, rounding);
    assertThat(Normal.cdf(-10)).isCloseTo(7.619853024160527e-24, rounding);
  }

  @Test
  void quantilesUndoProbabilities() {
    for (double x = -8; x < 5; x += 0.37) {
      assertThat(Normal.quantile(Normal.cdf(x))).isCloseTo(x, within(1e-9));
    }
  }
}
