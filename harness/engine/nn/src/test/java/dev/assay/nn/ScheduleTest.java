package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Offset<Double> EXACT = within(1e-15);

  @Test
  void cosineWarmsUpFallsAndKeepsItsFloor() {
    Schedule schedule = Schedule.cosine(1e-3, 1e-4, 100, 2000);
    assertThat(schedule.at(0)).isCloseTo(1e-3 / 101, EXACT);
    assertThat(schedule.at(99)).isCloseTo(1e-3 * 100 / 101, EXACT);
    assertThat(schedule.at(100)).isCloseTo(1e-3, EXACT);
    // half-way the cosine is 0, a quarter of the way it is √½
    assertThat(schedule.at(1050)).isCloseTo(5.5e-4, EXACT);
    assertThat(schedule.at(575)).isCloseTo(1e-4 + 9e-4 * (1 + Math.sqrt(0.5)) / 2, EXACT);
    assertThat(schedule.at(2000)).isCloseTo(1e-4, EXACT);
    assertThat(schedule.at(1_000_000)).isCloseTo(1e-4, EXACT);
  }

  @Test
  void aCosineThatEndsBeforeItsWarmUpIsRefused() {
    assertThatThrownBy(() -> Schedule.cosine(1, 0, 100, 100))
        .hasMessageContaining("end 100")
        .hasMessageContaining("warm-up 100");
  }

  @Test
  void warmUpRisesLinearlyToTheSchedule() {
    Schedule schedule = Schedule.constant(2).warmedUp(3);
    assertThat(new double[] {schedule.at(0), schedule.at(1), schedule.at(2), schedule.at(3)})
        .containsExactly(new double[] {0.5, 1, 1.5, 2}, EXACT);
  }

  @Test
  void theStaircaseFallsOncePerPeriod() {
    Schedule schedule = Schedule.staircase(8, 0.5, 10);
    assertThat(schedule.at(9)).isEqualTo(8);
    assertThat(schedule.at(10)).isEqualTo(4);
    assertThat(schedule.at(35)).isEqualTo(1);
  }

  @Test
  void noamPeaksAtTheEndOfItsWarmUp() {
    Schedule schedule = Schedule.noam(1, 64, 400);
    assertThat(schedule.at(399)).isCloseTo(0.125 / 20, EXACT);
    assertThat(schedule.at(99)).isCloseTo(schedule.at(399) / 4, EXACT);
    assertThat(schedule.at(1599)).isCloseTo(schedule.at(399) / 2, EXACT);
  }

  @Test
  void theInverseRootPassesItsPeak() {
    Schedule schedule = Schedule.inverseSquareRoot(0.3, 10);
    assertThat(schedule.at(4)).isCloseTo(0.15, EXACT);
    assertThat(schedule.at(9)).isCloseTo(0.3, EXACT);
    assertThat(schedule.at(39)).isCloseTo(0.15, EXACT);
  }
}
