package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The loss is ½ Σ c (w − a)² + ½ (b − 2)², whose gradient c (w − a), b − 2 the expected values use
 * in closed form.
 */
class OptimizerTest {
  private static final double[] CURVATURE = {1, 0.1, 5, 0};
  private static final double[] CENTRE = {3, -1, 0.5, 7};
  private static final double[] START = {0.5, 0.25, -1, 2};

  /** A problem with one matrix w [2, 2] and one bias b [1]. */
  private static final class Problem implements AutoCloseable {
    final Run run = new Run();
    final Parameter w;
    final Parameter b;
    final Program program;

    Problem(Function<ParameterStore, Optimizer> optimizer) {
      w = run.store.parameter("w", Shape.of(2, 2), (values, _, _) -> copy(START, values));
      b = run.store.parameter("b", Shape.of(1), Initializer.zeros());
      Tensor off = w.value().sub(Tensor.constant(floats(CENTRE), Shape.of(2, 2)));
      Tensor curvature = Tensor.constant(floats(CURVATURE), Shape.of(2, 2));
      Tensor loss = off.square().mul(curvature).sum().add(b.value().sub(2).square().sum());
      program =
          new TrainStep(
                  loss.mul(0.5f), run.store.parameters(), optimizer.apply(run.store.scope("state")))
              .compile(run.backend);
    }

    void steps(int first, int count) {
      for (int t = first; t < first + count; t++) {
        program.set(TrainStep.LEARNING_RATE, new float[] {(float) rate(t)});
        program.run();
      }
    }

    double[] values() {
      float[] matrix = Run.read(w.variable());
      return new double[] {matrix[0], matrix[1], matrix[2], matrix[3], Run.read(b.variable())[0]};
    }

    @Override
    public void close() {
      program.close();
      run.close();
    }
  }

  /** One parameter's update rule, in double precision. */
  private interface Rule {
    double step(int i, int t, double theta, double g, double rate);
  }

  private static double rate(int t) {
    return 0.05 / (1 + 0.02 * t);
  }

  private static void check(Function<ParameterStore, Optimizer> optimizer, Rule rule) {
    double[] theta = {START[0], START[1], START[2], START[3], 0};
    try (Problem problem = new Problem(optimizer)) {
      for (int t = 0; t < 60; t++) {
        problem.steps(t, 1);
        for (int i = 0; i < 5; i++) {
          double g = i < 4 ? CURVATURE[i] * (theta[i] - CENTRE[i]) : theta[i] - 2;
          theta[i] = rule.step(i, t, theta[i], g, rate(t));
        }
        assertThat(problem.values()).containsExactly(theta, within(2e-5));
      }
    }
  }

  @Test
  void plainDescentSubtractsTheScaledGradient() {
    check(Sgd::plain, (_, _, theta, g, rate) -> theta - rate * g);
  }

  @Test
  void momentumAddsUpGradientsThatFadeGeometrically() {
    double[] u = new double[5];
    check(
        state -> new Sgd(state, 0.9, false),
        (i, _, theta, g, rate) -> {
          u[i] = 0.9 * u[i] + g;
          return theta - rate * u[i];
        });
  }

  @Test
  void nesterovLooksOneStepAhead() {
    double[] u = new double[5];
    check(
        state -> new Sgd(state, 0.8, true),
        (i, _, theta, g, rate) -> {
          u[i] = 0.8 * u[i] + g;
          return theta - rate * (g + 0.8 * u[i]);
        });
  }

  @Test
  void adamFollowsAlgorithmOneOfItsPaper() {
    check(Adam::standard, adam(0.9, 0.999, 0));
  }

  @Test
  void adamWithoutMomentumTakesTheGradientItself() {
    check(state -> Adam.of(state, 0, 0.9), adam(0, 0.9, 0));
  }

  @Test
  void rmsPropDividesTheGradientByTheRootOfItsMeanSquare() {
    double[] v = new double[5];
    check(
        RmsProp::standard,
        (i, _, theta, g, rate) -> {
          v[i] = 0.99 * v[i] + 0.01 * g * g;
          return theta - rate * g / (Math.sqrt(v[i]) + 1e-8);
        });
  }

  @Test
  void decoupledDecayShrinksMatricesAndLeavesBiasesAlone() {
    check(state -> Adam.decoupled(state, 0.8, 0.95, 0.3), adam(0.8, 0.95, 0.3));
  }

  private static Rule adam(double beta1, double beta2, double decay) {
    double[] m = new double[5];
    double[] v = new double[5];
    return (i, t, theta, g, rate) -> {
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      double mHat = m[i] / (1 - Math.pow(beta1, t + 1));
      double vHat = v[i] / (1 - Math.pow(beta2, t + 1));
      double kept = i < 4 ? theta * (1 - rate * decay) : theta;
      return kept - rate * mHat / (Math.sqrt(vHat) + 1e-8);
    };
  }

  @Test
  void biasCorrectionStaysAccurateOverAMillionSteps() {
    // With m = v = 1 kept by a gradient of 1, the update is √(1 − β₂ᵗ) / (1 − β₁ᵗ).
    for (int t : new int[] {1, 2, 10, 1_000, 30_000, 1_000_000}) {
      try (Run run = new Run()) {
        Parameter theta = run.store.parameter("theta", Shape.of(1), Initializer.zeros());
        Map<Variable, Tensor> assigns =
            new Adam(run.store.scope("adam"), 0.9, 0.9999, 1e-12, 0, _ -> false)
                .step(List.of(theta), List.of(Tensor.fill(1, Shape.of(1))), Tensor.scalar(1));
        run.store.forEach((name, variable) -> {
          if (name.startsWith("adam.")) {
            variable.write(new float[] {name.equals("adam.step") ? t - 1 : 1});
          }
        });
        double moved = -run.value(assigns.get(theta.variable()))[0];
        double expected = Math.sqrt(-Math.expm1(t * Math.log(0.9999))) / (1 - Math.pow(0.9, t));
        assertThat(moved / expected).as("step %d", t).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void aRestoredRunContinuesBitForBit() {
    Map<String, float[]> checkpoint = new LinkedHashMap<>();
    double[] uninterrupted;
    try (Problem problem = new Problem(state -> Adam.decoupled(state, 0.9, 0.99, 0.1))) {
      problem.steps(0, 7);
      problem.run.store.forEach((name, variable) -> checkpoint.put(name, Run.read(variable)));
      problem.steps(7, 5);
      uninterrupted = problem.values();
    }
    try (Problem problem = new Problem(state -> Adam.decoupled(state, 0.9, 0.99, 0.1))) {
      problem.run.store.forEach((name, variable) -> variable.write(checkpoint.get(name)));
      problem.steps(7, 5);
      assertThat(problem.values()).containsExactly(uninterrupted);
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedWithTheirValue() {
    try (Run run = new Run()) {
      assertThatThrownBy(() -> new Sgd(run.store, 1, false)).hasMessageContaining("1.0");
      assertThatThrownBy(() -> Adam.decoupled(run.store, 0.9, 1, 0))
          .hasMessageContaining("0.9, 1.0");
      assertThatThrownBy(() -> Adam.decoupled(run.store, 0.9, 0.99, -1))
          .hasMessageContaining("-1.0");
      assertThatThrownBy(() -> new RmsProp(run.store, 1, 1e-8)).hasMessageContaining("1.0");
    }
  }

  private static void copy(double[] from, float[] to) {
    System.arraycopy(floats(from), 0, to, 0, to.length);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
