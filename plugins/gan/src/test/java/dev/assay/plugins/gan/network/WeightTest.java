package dev.assay.plugins.gan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.GradientCheck;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightTest {
  private final Backend backend = Backends.open(1);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(3));

  @AfterEach
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20, 7", "7, 20", "3, 3, 4, 6", "5, 1"})
  void aNormalisedWeightHasTheLargestSingularValueOne(String extents) {
    int[] dims = List.of(extents.split(", ")).stream().mapToInt(Integer::parseInt).toArray();
    Shape shape = Shape.of(dims);
    Weight weight = Weight.create(store, shape, Initializer.normal(0.7), true);
    float[] normalised = new float[shape.size()];
    Pass pass = Pass.training();
    Tensor value = weight.value(pass);
    assertThat(value.shape()).isEqualTo(shape);
    Graph graph = Graph.builder().output("w", value).assign(pass.assigns()).build();
    try (Program program = backend.compile(graph)) {
      for (int i = 0; i < 300; i++) {
        program.run();
      }
      program.get("w", normalised);
    }
    assertThat(largestSingularValue(normalised, shape.dim(-1))).isCloseTo(1, within(1e-5));
  }

  /** √ of the largest eigenvalue of WᵀW, by cyclic Jacobi rotations in double precision. */
  private static double largestSingularValue(float[] w, int columns) {
    double[][] a = new double[columns][columns];
    for (int row = 0; row < w.length; row += columns) {
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++) {
          a[i][j] += (double) w[row + i] * w[row + j];
        }
      }
    }
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < columns; p++) {
        for (int q = p + 1; q < columns; q++) {
          rotate(a, p, q);
        }
      }
    }
    double largest = 0;
    for (int i = 0; i < columns; i++) {
      largest = Math.max(largest, a[i][i]);
    }
    return Math.sqrt(largest);
  }

  /** Makes a[p][q] zero. */
  private static void rotate(double[][] a, int p, int q) {
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[p][p] - a[q][q]);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    for (int k = 0; k < a.length; k++) {
      double first = a[k][p];
      double second = a[k][q];
      a[k][p] = c * first + s * second;
      a[k][q] = c * second - s * first;
    }
    for (int k = 0; k < a.length; k++) {
      double first = a[p][k];
      double second = a[q][k];
      a[p][k] = c * first + s * second;
      a[q][k] = c * second - s * first;
    }
  }

  @Test
  void thePowerIterationGoesOnFromPassToPassOnlyWhereItsStateIsAssigned() {
    Weight weight = Weight.create(store, Shape.of(6, 4), Initializer.normal(1), true);
    float[] before = singular(weight);
    Pass pass = Pass.training();
    Tensor value = weight.value(pass);
    assertThat(weight.value(pass)).as("within one pass").isSameAs(value);
    run(Graph.builder().output("w", value).build());
    assertThat(singular(weight)).containsExactly(before);
    run(Graph.builder().output("w", value).assign(pass.assigns()).build());
    assertThat(singular(weight)).isNotEqualTo(before);
    Pass evaluation = Pass.evaluation();
    weight.value(evaluation);
    assertThat(evaluation.assigns()).isEmpty();
  }

  /** With u and v at their fixed point the derivative of σ through them vanishes. */
  @Test
  void derivativesFlowThroughTheSingularValue() {
    Weight weight = Weight.create(store, Shape.of(5, 3), Initializer.normal(1), true);
    Pass pass = Pass.training();
    Tensor value = weight.value(pass);
    Graph settle = Graph.builder().output("w", value).assign(pass.assigns()).build();
    try (Program program = backend.compile(settle)) {
      for (int i = 0; i < 200; i++) {
        program.run();
      }
    }
    Tensor some = Tensor.iota(Shape.of(5, 3), 0).add(Tensor.iota(Shape.of(5, 3), 1).mul(0.3f));
    Tensor loss = weight.value(Pass.evaluation()).mul(some.sin()).sum();
    GradientCheck.on(backend)
        .tolerance(0.02)
        .variables(loss, List.of(weight.parameter().variable()), _ -> {});
  }

  private void run(Graph graph) {
    try (Program program = backend.compile(graph)) {
      program.run();
    }
  }

  private static float[] singular(Weight weight) {
    float[] values = new float[weight.parameter().shape().dim(-1)];
    assertThat(weight.singular()).isNotNull();
    weight.singular().read(values);
    return values;
  }
}
