package dev.assay.plugins.diffusion.ddpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.assay.plugins.diffusion.Level;
import dev.assay.plugins.diffusion.ddpm.NoiseSchedule.Kind;
import dev.assay.plugins.diffusion.ddpm.NoiseSchedule.Spacing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NoiseScheduleTest {
  @Test
  void theLinearScheduleIsThePapers() {
    NoiseSchedule schedule = NoiseSchedule.of(Kind.LINEAR, 1000);
    assertThat(schedule.beta(1)).isCloseTo(1e-4, withPercentage(1e-9));
    assertThat(schedule.beta(1000)).isCloseTo(0.02, withPercentage(1e-9));
    // NumPy: cumprod(1 - linspace(1e-4, 0.02, 1000))
    assertThat(alphaBar(schedule, 1)).isCloseTo(0.9999, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 500)).isCloseTo(0.07858724288177824, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 1000)).isCloseTo(4.035829765375676e-05, withPercentage(1e-9));
  }

  @Test
  void theCosineScheduleIsThePapersAndItsLastStepIsCapped() {
    NoiseSchedule schedule = NoiseSchedule.of(Kind.COSINE, 1000);
    // NumPy: f(t) / f(0), f = cos² ((t / 1000 + 0.008) / 1.008 · π / 2)
    assertThat(alphaBar(schedule, 1)).isCloseTo(0.999958715775178, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 250)).isCloseTo(0.8470121613269047, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 500)).isCloseTo(0.49384359044063775, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 750)).isCloseTo(0.1442721023857358, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 900)).isCloseTo(0.024091724140085854, withPercentage(1e-9));
    assertThat(alphaBar(schedule, 1000)).isCloseTo(2.42876691e-09, withPercentage(1e-5));
    assertThat(schedule.beta(1000)).isEqualTo(0.999);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void varianceIsPreservedAndEndsAsNoise(Kind kind) {
    for (int timesteps : new int[] {2, 3, 10, 100, 1000, 4000}) {
      NoiseSchedule schedule = NoiseSchedule.of(kind, timesteps);
      for (int t = 0; t <= timesteps; t++) {
        Level level = schedule.level(t);
        assertThat(level.alpha() * level.alpha() + level.sigma() * level.sigma())
            .isCloseTo(1, within(1e-12));
        assertThat(t == 0 || level.sigma() > schedule.level(t - 1).sigma()).isTrue();
      }
      assertThat(alphaBar(schedule, timesteps)).as("T = %d", timesteps).isLessThan(0.02);
    }
  }

  @ParameterizedTest
  @EnumSource(Spacing.class)
  void anyNumberOfStepsLeadsFromTheLastTimestepToNoNoise(Spacing spacing) {
    NoiseSchedule schedule = NoiseSchedule.of(Kind.LINEAR, 50);
    for (int steps = 1; steps <= 60; steps++) {
      List<Level> levels = schedule.spaced(spacing, steps);
      assertThat(levels).hasSize(Math.min(steps, 50) + 1);
      assertThat(levels.getFirst()).isEqualTo(schedule.level(50));
      assertThat(levels.getLast()).isEqualTo(NoiseSchedule.CLEAN);
      for (int i = 1; i < levels.size(); i++) {
        assertThat(levels.get(i).time()).isLessThan(levels.get(i - 1).time());
      }
    }
  }

  @Test
  void stepsEvenInTheSignalToNoiseRatioAreSo() {
    NoiseSchedule schedule = NoiseSchedule.of(Kind.LINEAR, 1000);
    List<Level> levels = schedule.spaced(Spacing.SNR, 8);
    double first = levels.get(0).lambda();
    double last = levels.get(7).lambda();
    assertThat(last).isEqualTo(schedule.level(1).lambda());
    for (int i = 0; i < 8; i++) {
      assertThat(levels.get(i).lambda()).isCloseTo(first + (last - first) * i / 7, within(0.15));
    }
  }

  private static double alphaBar(NoiseSchedule schedule, int t) {
    return schedule.level(t).alpha() * schedule.level(t).alpha();
  }
}
