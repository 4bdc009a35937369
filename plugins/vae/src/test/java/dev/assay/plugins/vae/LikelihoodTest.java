package dev.assay.plugins.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Backend;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodTest {
  private final Backend backend = Backends.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  /**
   * A mixture of two discretised logistics of 256 levels: weights .78 and .22, μ .315 and −.118, ln
   * s −3.639 and −3.757, in double precision by differences of the distribution function.
   */
  @ParameterizedTest
  @CsvSource({
    "0, -39.113231259443204",
    "1, -40.0317338842083",
    "64, -18.873741017820773",
    "127, -7.498372066472533",
    "200, -11.105478090323498",
    "254, -27.222289807744335",
    "255, -26.166059203277033"
  })
  void discretisedLogisticAgreesWithAnIndependentComputation(int level, double expected) {
    double first = Math.log(0.78) + logistic(256, 0.315, -3.639, level);
    double second = Math.log(0.22) + logistic(256, -0.118, -3.757, level);
    double max = Math.max(first, second);
    double mixed = max + Math.log(Math.exp(first - max) + Math.exp(second - max));
    assertThat(mixed).isCloseTo(expected, within(2e-5 * Math.abs(expected)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17, 256})
  void discretisedLogisticPutsMassOneOnItsLevels(int levels) {
    for (double logScale : new double[] {-20, -7, -3, 0, 2}) {
      double total = 0;
      for (int v = 0; v < levels; v++) {
        total += Math.exp(logistic(levels, 0.3, logScale, v));
      }
      assertThat(total).as("ln s = %s", logScale).isCloseTo(1, within(1e-5));
    }
  }

  private double logistic(int levels, double mean, double logScale, int level) {
    Tensor p = Tensor.constant(new float[] {(float) mean, (float) logScale}, Shape.of(1, 2));
    Tensor x = Tensor.constant(new float[] {level}, Shape.of(1, 1));
    return run(new Likelihood.DiscretizedLogistic(levels).logProbability(p, x))[0];
  }

  @Test
  void drawnLevelsOccurAsOftenAsTheirProbabilitySays() {
    Likelihood likelihood = new Likelihood.DiscretizedLogistic(5);
    int rows = 40_000;
    Tensor p = Tensor.constant(new float[] {0.4f, -1}, Shape.of(1, 2));
    float[] drawn = run(likelihood.draw(p.broadcast(Shape.of(rows, 2)), Draws.root()));
    double[] frequency = new double[5];
    for (float v : drawn) {
      frequency[(int) v] += 1.0 / rows;
    }
    for (int v = 0; v < 5; v++) {
      double probability = Math.exp(logistic(5, 0.4, -1, v));
      double error = Math.sqrt(probability * (1 - probability) / rows);
      assertThat(frequency[v]).as("level %d", v).isCloseTo(probability, within(5 * error));
    }
  }

  @Test
  void bernoulliSumsOverPixels() {
    Tensor logits = Tensor.constant(new float[] {0, (float) Math.log(3)}, Shape.of(1, 2));
    Tensor x = Tensor.constant(new float[] {1, 0}, Shape.of(1, 2));
    // ½ · ¼
    assertThat(run(new Likelihood.Bernoulli().logProbability(logits, x))[0])
        .isCloseTo((float) Math.log(0.125), within(1e-6f));
  }

  @Test
  void gaussianSumsOverColumns() {
    Tensor p = Tensor.constant(new float[] {1, -2, 0, (float) Math.log(3)}, Shape.of(1, 4));
    Tensor x = Tensor.constant(new float[] {2, 1}, Shape.of(1, 2));
    // N(2; 1, 1) · N(1; −2, 9), each one deviation off
    double expected = -Math.log(2 * Math.PI) - 1 - Math.log(3);
    assertThat(run(new Likelihood.Gaussian().logProbability(p, x))[0])
        .isCloseTo((float) expected, within(1e-6f));
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
