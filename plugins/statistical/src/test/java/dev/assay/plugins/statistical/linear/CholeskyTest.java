package dev.assay.plugins.statistical.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CholeskyTest {
  private final double[] matrix = {4, 2, -2, 2, 10, 5, -2, 5, 9};

  @Test
  void theFactorOfASmallMatrixIsKnown() {
    // by hand: [2, 0, 0; 1, 3, 0; −1, 2, 2], determinant (2·3·2)² = 144
    Cholesky factor = Cholesky.of(matrix, 3);
    assertThat(factor.lower())
        .containsExactly(new double[] {2, 0, 0, 1, 3, 0, -1, 2, 2}, within(1e-15));
    assertThat(factor.logDeterminant()).isCloseTo(Math.log(144), within(1e-14));
    assertThat(factor.times(new double[] {1, 2, 3}))
        .containsExactly(new double[] {2, 7, 9}, within(1e-14));
  }

  @Test
  void onlyTheLowerTriangleIsRead() {
    double[] other = matrix.clone();
    other[1] = 99;
    other[2] = 99;
    other[5] = 99;
    assertThat(Cholesky.of(other, 3).lower()).isEqualTo(Cholesky.of(matrix, 3).lower());
  }

  @Test
  void anIndefiniteMatrixIsRefusedWithItsPivot() {
    assertThatThrownBy(() -> Cholesky.of(new double[] {1, 0, 2, 1}, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("pivot 1 is -3.0");
  }
}
