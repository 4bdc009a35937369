package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The factorised matrix against the matrix itself. */
final class InvertibleLinearTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 12, 48})
  void aRotationHasItsInverseInItsTransposeAndNoLogDeterminant(int n) {
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      InvertibleLinear linear = InvertibleLinear.rotation(store, n, RandomStream.root(n));
      double[][] weight = matrix(backend, linear.weight());
      double[][] inverse = matrix(backend, linear.inverseWeight());
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double product = 0;
          for (int k = 0; k < n; k++) {
            product += weight[i][k] * weight[j][k];
          }
          assertThat(product).as("W Wᵀ [%d, %d]", i, j).isCloseTo(i == j ? 1 : 0, within(1e-5));
          assertThat(inverse[i][j]).as("W⁻¹ [%d, %d]", i, j).isCloseTo(weight[j][i], within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12})
  void theFactorsGiveTheDeterminantOfTheMatrix(int n) {
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      InvertibleLinear linear = InvertibleLinear.rotation(store, n, RandomStream.root(n));
      store
          .parameters()
          .forEach(parameter -> {
            RandomStream random = RandomStream.root(9).child(parameter.name());
            float[] values = new float[parameter.shape().size()];
            parameter.variable().read(values);
            for (int i = 0; i < values.length; i++) {
              values[i] += (float) (0.2 * random.nextGaussian());
            }
            parameter.variable().write(values);
          });
      float[] logScale = new float[n];
      linear.logScale().variable().read(logScale);
      double sum = 0;
      for (float s : logScale) {
        sum += s;
      }
      double direct = Determinants.logAbsolute(matrix(backend, linear.weight()));
      assertThat(sum).isCloseTo(direct, within(1e-4));
    }
  }

  private static double[][] matrix(Backend backend, Tensor tensor) {
    int n = tensor.dim(0);
    float[] values = new float[n * n];
    try (Program program = backend.compile(Graph.builder().output("w", tensor).build())) {
      program.run();
      program.get("w", values);
    }
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n * n; i++) {
      matrix[i / n][i % n] = values[i];
    }
    return matrix;
  }
}
