package dev.assay.plugins.statistical.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymmetricEigenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 33, 100})
  void vectorsAreOrthonormalAndRebuildTheMatrix(int n) {
    RandomStream random = RandomStream.root(n);
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i * n + j] = random.nextGaussian();
        matrix[j * n + i] = matrix[i * n + j];
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(matrix, n);
    double[] rebuilt = new double[n * n];
    for (int k = 0; k < n; k++) {
      double[] v = eigen.vectors()[k];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          rebuilt[i * n + j] += eigen.values()[k] * v[i] * v[j];
        }
      }
      for (int other = 0; other < n; other++) {
        double product = 0;
        for (int i = 0; i < n; i++) {
          product += v[i] * eigen.vectors()[other][i];
        }
        assertThat(product).isCloseTo(k == other ? 1 : 0, within(1e-11));
      }
    }
    assertThat(rebuilt).containsExactly(matrix, within(1e-11 * Math.max(1, n)));
    assertThat(eigen.values()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void eigenvaluesOfTheSecondDifferenceAreKnown() {
    // tridiagonal (−1, 2, −1): 2 − 2 cos(π k / (n + 1))
    int n = 50;
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) {
        matrix[i * n + i - 1] = -1;
        matrix[(i - 1) * n + i] = -1;
      }
    }
    double[] expected = new double[n];
    Arrays.setAll(expected, k -> 2 - 2 * Math.cos(Math.PI * (n - k) / (n + 1)));
    assertThat(SymmetricEigen.of(matrix, n).values()).containsExactly(expected, within(1e-12));
  }

  @Test
  void multipleAndZeroEigenvaluesAreFound() {
    double[] ones = new double[25];
    Arrays.fill(ones, 1);
    assertThat(SymmetricEigen.of(ones, 5).values())
        .containsExactly(new double[] {5, 0, 0, 0, 0}, within(1e-14));
    assertThat(SymmetricEigen.of(new double[9], 3).values()).containsExactly(0, 0, 0);
  }

  @Test
  void aMatrixThatIsNotFiniteIsRefused() {
    double[] matrix = {1, Double.NaN, Double.NaN, 1};
    assertThatThrownBy(() -> SymmetricEigen.of(matrix, 2)).isInstanceOf(ArithmeticException.class);
  }
}
