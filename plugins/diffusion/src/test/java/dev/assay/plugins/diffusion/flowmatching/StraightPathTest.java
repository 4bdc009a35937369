package dev.assay.plugins.diffusion.flowmatching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.assay.plugins.diffusion.Denoiser;
import dev.assay.plugins.diffusion.Moments;
import dev.assay.plugins.diffusion.Update;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On normal data N(m, d²), for which the velocity is known. */
final class StraightPathTest {
  private static final double MEAN = 1.5;
  private static final double DEVIATION = 0.4;

  @Test
  void meanAndDeviationComeBackWithinOnePercent() {
    near(StraightPath.euler(1000));
    near(StraightPath.heun(40));
  }

  private static void near(List<Update> updates) {
    Moments moments = Moments.of(updates, StraightPathTest::velocity);
    assertThat(moments.mean()).isCloseTo(MEAN, withPercentage(1));
    assertThat(moments.deviation()).isCloseTo(DEVIATION, withPercentage(1));
  }

  /** Half the step divides the error by 2 for Euler's method, by 4 for Heun's. */
  @Test
  void eulerConvergesAtFirstOrderAndHeunAtSecond() {
    for (int steps : new int[] {100, 200}) {
      assertThat(error(StraightPath.euler(steps)) / error(StraightPath.euler(2 * steps)))
          .isBetween(1.8, 2.2);
      assertThat(error(StraightPath.heun(steps)) / error(StraightPath.heun(2 * steps)))
          .isBetween(3.5, 4.5);
    }
  }

  @Test
  void anyNumberOfStepsEndsAtData() {
    for (int steps = 1; steps < 50; steps++) {
      assertThat(StraightPath.euler(steps)).hasSize(steps);
      assertThat(StraightPath.heun(steps)).hasSize(2 * steps);
      assertThat(StraightPath.heun(steps).getLast().time()).isEqualTo(Denoiser.TIME_SPAN);
      assertThat(StraightPath.levels(steps).getLast().sigma()).isZero();
    }
  }

  private static double error(List<Update> updates) {
    return Math.abs(Moments.of(updates, StraightPathTest::velocity).deviation() - DEVIATION);
  }

  /** E[x₁ − ε | x_t] = m + (t d² − (1 − t)) / (t² d² + (1 − t)²) · (x_t − t m). */
  private static Moments.Affine velocity(double time) {
    double t = time / Denoiser.TIME_SPAN;
    double d2 = DEVIATION * DEVIATION;
    double slope = (t * d2 - (1 - t)) / (t * t * d2 + (1 - t) * (1 - t));
    return new Moments.Affine(MEAN - slope * t * MEAN, slope);
  }
}
