package dev.assay.plugins.diffusion.ddpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.assay.plugins.diffusion.Level;
import dev.assay.plugins.diffusion.Moments;
import dev.assay.plugins.diffusion.Update;
import dev.assay.plugins.diffusion.ddpm.NoiseSchedule.Kind;
import dev.assay.plugins.diffusion.ddpm.NoiseSchedule.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Samplers on normal data N(m, d²), for which the best prediction of x₀ is known. */
final class SolverTest {
  private static final double MEAN = 1.5;
  private static final double DEVIATION = 0.4;

  private final NoiseSchedule schedule = NoiseSchedule.of(Kind.LINEAR, 1000);

  static Stream<Arguments> solvers() {
    return Stream.of(
        Arguments.of(new Solver.Ancestral(), 1000),
        Arguments.of(new Solver.Ancestral(), 700),
        Arguments.of(new Solver.Ddim(1), 1000),
        Arguments.of(new Solver.Ddim(0.5), 1000),
        Arguments.of(new Solver.Ddim(0), 1000),
        Arguments.of(new Solver.Ddim(0), 250),
        Arguments.of(new Solver.DpmSolverPlusPlus(), 1000),
        Arguments.of(new Solver.DpmSolverPlusPlus(), 40));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void meanAndDeviationComeBackWithinOnePercent(Solver solver, int steps) {
    Moments moments =
        Moments.of(solver.updates(schedule.spaced(Spacing.SNR, steps)), t -> best(level(t)));
    assertThat(moments.mean()).isCloseTo(MEAN, withPercentage(1));
    assertThat(moments.deviation()).isCloseTo(DEVIATION, withPercentage(1));
  }

  @Test
  void ddimWithoutNoiseIsDeterministic() {
    assertThat(new Solver.Ddim(0).updates(schedule.spaced(Spacing.TIME, 20)))
        .allMatch(update -> update.noise() == 0);
  }

  @Test
  void ddimWithFullNoiseIsAncestralAtAnyNumberOfSteps() {
    for (int steps : new int[] {1, 2, 7, 100, 1000}) {
      List<Level> levels = schedule.spaced(Spacing.TIME, steps);
      List<Update> ddim = new Solver.Ddim(1).updates(levels);
      List<Update> ancestral = new Solver.Ancestral().updates(levels);
      assertThat(ddim).hasSameSizeAs(ancestral);
      for (int i = 0; i < ddim.size(); i++) {
        assertThat(ddim.get(i).time()).isEqualTo(ancestral.get(i).time());
        assertThat(ddim.get(i).x()).isCloseTo(ancestral.get(i).x(), within(1e-9));
        assertThat(ddim.get(i).prediction()).isCloseTo(ancestral.get(i).prediction(), within(1e-9));
        assertThat(ddim.get(i).noise()).isCloseTo(ancestral.get(i).noise(), within(1e-9));
      }
    }
  }

  /**
   * Along the probability flow (x − α m) / √(α² d² + σ²) stays as it is. One method is of first
   * order, the other of second: half the step divides the error by 2 and by 4.
   */
  @Test
  void ddimConvergesAtFirstOrderAndDpmSolverAtSecond() {
    for (int steps : new int[] {40, 80}) {
      double ddim = error(new Solver.Ddim(0), steps) / error(new Solver.Ddim(0), 2 * steps);
      assertThat(ddim).as("DDIM, %d steps", steps).isBetween(1.8, 2.2);
      Solver second = new Solver.DpmSolverPlusPlus();
      double dpm = error(second, steps) / error(second, 2 * steps);
      assertThat(dpm).as("DPM-Solver++(2M), %d steps", steps).isBetween(3.4, 4.6);
    }
  }

  private static double error(Solver solver, int steps) {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i <= steps; i++) {
      double ratio = Math.exp(2.0 - 4.0 * i / steps);
      double alpha = 1 / Math.sqrt(1 + ratio * ratio);
      levels.add(new Level(i, alpha, ratio * alpha));
    }
    double x = 0.7;
    double last = 0;
    double expected = scale(levels.getLast()) * (x - levels.getFirst().alpha() * MEAN);
    expected = levels.getLast().alpha() * MEAN + expected / scale(levels.getFirst());
    for (Update u : solver.updates(levels)) {
      Moments.Affine best = best(levels.get((int) u.time()));
      double prediction = best.offset() + best.slope() * x;
      x = u.x() * x + u.prediction() * prediction + u.previous() * last;
      last = prediction;
    }
    return Math.abs(x - expected);
  }

  /** Deviation of x_t. */
  private static double scale(Level level) {
    return Math.hypot(level.alpha() * DEVIATION, level.sigma());
  }

  /** E[x₀ | x_t] = m + α d² / (α² d² + σ²) · (x_t − α m). */
  private static Moments.Affine best(Level level) {
    double slope = level.alpha() * DEVIATION * DEVIATION / Math.pow(scale(level), 2);
    return new Moments.Affine(MEAN - slope * level.alpha() * MEAN, slope);
  }

  private Level level(double t) {
    return schedule.level((int) t);
  }
}
