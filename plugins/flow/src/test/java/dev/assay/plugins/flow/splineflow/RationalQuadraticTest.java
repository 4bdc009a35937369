package dev.assay.plugins.flow.splineflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.flow.Bijection;
import dev.assay.plugins.flow.BijectionCheck;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RationalQuadraticTest {
  private static final int POINTS = 2001;

  @Test
  void itsSlopeIsTheNumericOneAndItsInverseUndoesIt() {
    BijectionCheck.check(3, _ -> new RationalQuadratic(5, 2));
  }

  /** x from −3 to 3, y, ln slope, and what the inverse makes of y. */
  private record Curve(float[] x, float[] y, float[] logSlope, float[] back, float[] backSlope) {}

  private static Curve curve(RationalQuadratic spline, float[] parameters) {
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = -3 + 6f * i / (POINTS - 1);
    }
    Tensor in = Tensor.input("x", DType.F32, Shape.of(POINTS));
    Tensor p =
        Tensor.constant(parameters, Shape.of(1, parameters.length))
            .broadcast(Shape.of(POINTS, parameters.length));
    Bijection.Curve forward = spline.forward(in, p);
    Bijection.Curve inverse = spline.inverse(forward.value(), p);
    Graph graph =
        Graph.builder()
            .output("y", forward.value())
            .output("slope", forward.logSlope())
            .output("back", inverse.value())
            .output("back_slope", inverse.logSlope())
            .build();
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(graph)) {
      program.set("x", x);
      program.run();
      return new Curve(
          x,
          get(program, "y"),
          get(program, "slope"),
          get(program, "back"),
          get(program, "back_slope"));
    }
  }

  private static float[] get(Program program, String output) {
    float[] values = new float[POINTS];
    program.get(output, values);
    return values;
  }

  private static float[] parameters(int bins, double spread) {
    RandomStream random = RandomStream.root(bins);
    float[] parameters = new float[3 * bins - 1];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (spread * random.nextGaussian());
    }
    return parameters;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 32})
  void itRisesFromMinusBoundToBoundAndIsTheIdentityBeyond(int bins) {
    Curve curve = curve(new RationalQuadratic(bins, 2), parameters(bins, 2));
    for (int i = 0; i < POINTS; i++) {
      if (Math.abs(curve.x[i]) > 2) {
        assertThat(curve.y[i]).isEqualTo(curve.x[i]);
        assertThat(curve.logSlope[i]).isZero();
      } else {
        assertThat(curve.y[i]).isBetween(-2.00001f, 2.00001f);
      }
      if (i > 0) {
        assertThat(curve.y[i]).as("y at %f", curve.x[i]).isGreaterThan(curve.y[i - 1]);
      }
    }
  }

  /** The trapezoid sum of the slopes between two points is the rise between them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theSlopeIntegratesToTheCurve(int bins) {
    Curve curve = curve(new RationalQuadratic(bins, 2), parameters(bins, 1));
    double rise = 0;
    double step = 6.0 / (POINTS - 1);
    for (int i = 1; i < POINTS; i++) {
      rise += step * 0.5 * (Math.exp(curve.logSlope[i - 1]) + Math.exp(curve.logSlope[i]));
      assertThat(rise).as("rise up to %f", curve.x[i]).isCloseTo(curve.y[i] + 3, within(2e-3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 32})
  void theInverseUndoesItAndHasTheOppositeLogSlope(int bins) {
    Curve curve = curve(new RationalQuadratic(bins, 2), parameters(bins, 1));
    for (int i = 0; i < POINTS; i++) {
      assertThat(curve.back[i]).isCloseTo(curve.x[i], within(1e-4f));
      assertThat(curve.backSlope[i]).isCloseTo(-curve.logSlope[i], within(2e-3f));
    }
  }

  @Test
  void atParametersOfZeroItIsTheIdentity() {
    Curve curve = curve(new RationalQuadratic(6, 2), new float[17]);
    assertThat(curve.y).containsExactly(curve.x, within(1e-5f));
    assertThat(curve.logSlope).containsOnly(new float[] {0}, within(1e-4f));
  }

  /**
   * Two bins on [−1, 1], of widths and heights 1, slope 3 at the middle knot and 1 at the ends. In
   * the left bin s = 1, so eq. 4 at ξ = ½ gives (½² + ½·½·1) / (1 + (3 + 1 − 2)·¼) = ⅓, and eq. 5
   * (3·¼ + 2·¼ + ¼) / 1.5² = ⅔.
   */
  @Test
  void aSplineOfTwoBinsComesOutAsByHand() {
    float slope = (float) Math.log(Math.expm1(3 - 1e-3));
    float zero = (float) Math.log(Math.expm1(1 - 1e-3));
    Curve curve = curve(new RationalQuadratic(2, 1), new float[] {0, 0, 0, 0, slope - zero});
    int at = (POINTS - 1) * 5 / 12; // x = −½
    assertThat(curve.x[at]).isCloseTo(-0.5f, within(2e-3f));
    double xi = curve.x[at] + 1;
    double mixed = xi * (1 - xi);
    assertThat(curve.y[at] + 1)
        .isCloseTo((float) ((xi * xi + mixed) / (1 + 2 * mixed)), within(1e-4f));
    assertThat(curve.y[at]).isCloseTo(-2 / 3f, within(2e-3f));
    assertThat(Math.exp(curve.logSlope[at])).isCloseTo(2 / 3.0, within(3e-3));
  }
}
