package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;

/** The noise of images of one pixel, whose density can be had from a grid. */
final class DequantizerTest {
  private static final int POINTS = 2001;
  private static final double REACH = 9;

  /** ∫ q(u) du over the unit interval, by the trapezoid rule over the noise at a grid of ε. */
  @Test
  void theDensityOfTheNoiseIntegratesToOne() {
    float[] u = new float[POINTS];
    float[] logDensity = new float[POINTS];
    run(0.7, u, logDensity);
    double total = 0;
    for (int i = 1; i < POINTS; i++) {
      double height = (Math.exp(logDensity[i]) + Math.exp(logDensity[i - 1])) / 2;
      total += height * (u[i] - u[i - 1]);
    }
    assertThat(total).isCloseTo(1, within(1e-3));
  }

  @Test
  void theNoiseBeginsNearUniform() {
    float[] u = new float[POINTS];
    float[] logDensity = new float[POINTS];
    run(0, u, logDensity);
    for (int i = 0; i < POINTS; i++) {
      if (u[i] > 0.05 && u[i] < 0.95) {
        assertThat(logDensity[i]).as("at u = %s", u[i]).isCloseTo(0, within(0.25f));
      }
    }
  }

  private static void run(double move, float[] u, float[] logDensity) {
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      Dequantizer dequantizer = Dequantizer.create(store, new Domain(Shape.of(1, 1, 1), 0), 4);
      store
          .parameters()
          .forEach(parameter -> {
            float[] values = new float[parameter.shape().size()];
            parameter.variable().read(values);
            RandomStream random = RandomStream.root(2).child(parameter.name());
            for (int i = 0; i < values.length; i++) {
              values[i] += (float) (move * random.nextGaussian());
            }
            parameter.variable().write(values);
          });
      Shape shape = Shape.of(POINTS, 1);
      Dequantizer.Noise noise =
          dequantizer.noise(
              Tensor.fill(1, shape), Tensor.input("e", DType.F32, shape), Condition.none());
      try (Program program =
          backend.compile(
              Graph.builder()
                  .output("u", noise.u())
                  .output("log_density", noise.logDensity())
                  .build())) {
        float[] epsilon = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
          epsilon[i] = (float) (REACH * (2.0 * i / (POINTS - 1) - 1));
        }
        program.set("e", epsilon);
        program.run();
        program.get("u", u);
        program.get("log_density", logDensity);
      }
    }
  }
}
