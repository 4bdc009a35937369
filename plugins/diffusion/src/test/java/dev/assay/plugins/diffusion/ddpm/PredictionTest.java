package dev.assay.plugins.diffusion.ddpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PredictionTest {
  private static final Tensor X0 = row(0.3f, -1.2f, 2);
  private static final Tensor EPSILON = row(-0.7f, 0.4f, 1.1f);

  /** α = 0.8 and σ = 0.6: ε; x₀; v = 0.8 ε − 0.6 x₀. */
  @ParameterizedTest
  @CsvSource({"EPSILON, -0.7, 0.4, 1.1", "X0, 0.3, -1.2, 2", "V, -0.74, 1.04, -0.32"})
  void theTargetIsThePapers(Prediction prediction, float a, float b, float c) {
    Tensor target = prediction.target(X0, EPSILON, column(0.8f), column(0.6f));
    assertThat(run(target)).containsExactly(new float[] {a, b, c}, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource(Prediction.class)
  void thePerfectAnswerGivesTheCleanExampleBackAtEveryLevelOfNoise(Prediction prediction) {
    for (float angle : new float[] {0.01f, 0.5f, 1, 1.5f}) {
      Tensor alpha = column((float) Math.cos(angle));
      Tensor sigma = column((float) Math.sin(angle));
      Tensor xt = alpha.mul(X0).add(sigma.mul(EPSILON));
      Tensor answer = prediction.target(X0, EPSILON, alpha, sigma);
      assertThat(run(prediction.clean(answer, xt, alpha, sigma)))
          .as("σ = sin %s", angle)
          .containsExactly(run(X0), within(2e-5f));
    }
  }

  private static Tensor row(float... values) {
    return Tensor.constant(values, Shape.of(1, values.length));
  }

  private static Tensor column(float value) {
    return Tensor.fill(value, Shape.of(1, 1));
  }

  private static float[] run(Tensor y) {
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.run();
      float[] values = new float[3];
      program.get("y", values);
      return values;
    }
  }
}
