package dev.assay.plugins.statistical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CategoricalTest {
  private static final double[] WEIGHTS = {9, 1, 0, 3, 0};

  @Test
  void anIndexOwnsItsShareOfTheUnitInterval() {
    // of 1, 0, 3 in total 4: index 0 owns (0, 1/4), index 2 the rest
    assertThat(Categorical.draw(WEIGHTS, 1, 3, 0.2499)).isZero();
    assertThat(Categorical.draw(WEIGHTS, 1, 3, 0.2501)).isEqualTo(2);
    assertThat(Categorical.draw(WEIGHTS, 1, 3, 1e-300)).isZero();
  }

  @Test
  void anIndexWithoutWeightIsNeverDrawnNotEvenByRounding() {
    assertThat(Categorical.draw(WEIGHTS, Math.nextDown(1.0))).isEqualTo(3);
    assertThat(Categorical.draw(new double[] {0, 0.1, 0.2, 0.7, 0}, Math.nextDown(1.0)))
        .isEqualTo(3);
  }
}
