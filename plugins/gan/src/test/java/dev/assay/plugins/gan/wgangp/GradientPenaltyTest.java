package dev.assay.plugins.gan.wgangp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Activation;
import dev.assay.nn.Conv2d;
import dev.assay.nn.GroupNorm;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Configs;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.GradientCheck;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientPenaltyTest {
  private final Backend backend = Backends.open(1);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(4));
  private final Draws draws = Draws.root();

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void ofALinearCriticItIsTheSquaredExcessOfItsSlope() {
    // f(x) = 3 x₁ − 4 x₂ has slope 5: 2 · (5 − 1)².
    Tensor w = Tensor.constant(new float[] {3, -4}, Shape.of(2, 1));
    Tensor penalty =
        new GradientPenalty(2)
            .of(normal("x", 6, 2), normal("fake", 6, 2), x -> x.matmul(w).reshape(6), draws);
    assertThat((double) run(penalty)[0]).isCloseTo(32, within(1e-4));
  }

  @Test
  void itIsTakenBetweenTheRealAndTheGeneratedExamples() {
    // f(x) = x² / 2 has slope x: between 2 and 4 the penalty lies in (1, 9).
    Tensor penalty =
        new GradientPenalty(1)
            .of(
                Tensor.fill(2, Shape.of(500, 1)),
                Tensor.fill(4, Shape.of(500, 1)),
                x -> x.square().mul(0.5f).reshape(500),
                draws);
    // E (1 + 2u)² = 1 + 2 + 4/3 for uniform u.
    assertThat((double) run(penalty)[0]).isCloseTo(13 / 3.0, within(0.3));
  }

  @Test
  void itsParameterGradientAgreesWithDifferencesForAPerceptron() {
    Mlp mlp = Mlp.create(store, List.of(3, 5, 4, 1), Activation.TANH, Initializer.glorotNormal());
    check(x -> mlp.apply(x).reshape(x.dim(0)), normal("x", 4, 3), normal("fake", 4, 3));
  }

  @Test
  void itsParameterGradientAgreesWithDifferencesForAConvolutionalCritic() {
    Conv2d first = Conv2d.create(store.scope("first"), 1, 3, 3, Window.padded(1));
    GroupNorm norm = GroupNorm.create(store.scope("norm"), 3, 1);
    Conv2d second = Conv2d.create(store.scope("second"), 3, 2, 4, Window.strided(2, 1));
    check(
        x -> second.apply(norm.apply(first.apply(x)).tanh()).tanh().sum(1, 2, 3),
        normal("x", 2, 4, 4, 1),
        normal("fake", 2, 4, 4, 1));
  }

  private void check(UnaryOperator<Tensor> critic, Tensor x, Tensor fake) {
    Tensor penalty = new GradientPenalty(1).of(x, fake, critic, draws);
    GradientCheck.on(backend)
        .tolerance(0.02)
        .variables(
            penalty,
            store.parameters().stream().map(Parameter::variable).toList(),
            program -> program.seed(RandomStream.root(8)));
  }

  @Test
  void batchNormalisationIsRefused() {
    assertThatThrownBy(() -> Configs.bind(WganGpConfig.class, Map.of("critic_norm", "batch")))
        .hasMessageContaining("choose layer, spectral or none");
  }

  private static Tensor normal(String name, int... dims) {
    RandomStream random = RandomStream.root(6).child(name);
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.constant(values, Shape.of(dims));
  }

  private float[] run(Tensor y) {
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.seed(RandomStream.root(5));
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }
}
