package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.execute.TrainingProgress.StopReason;
import dev.assay.runner.experiment.Budget;
import dev.assay.runner.experiment.Every;
import dev.assay.spi.StepReport;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StopRuleTest {
  private static final long SIZE = 10;

  @Test
  void theLimitThatIsReachedFirstEndsTraining() {
    Budget budget =
        new Budget(
            Optional.of(2L),
            Optional.of(7L),
            Optional.of(100L),
            Optional.of(Duration.ofSeconds(3)),
            Optional.empty());
    assertThat(stop(budget, 6, 3, 0.1)).isEqualTo(StopReason.NONE);
    assertThat(stop(budget, 7, 2, 0.1)).isEqualTo(StopReason.STEPS);
    assertThat(stop(budget, 6, 4, 0.1)).isEqualTo(StopReason.EPOCHS);
    assertThat(stop(budget, 1, 100, 0.1)).isEqualTo(StopReason.EPOCHS);
    assertThat(stop(budget, 6, 1, 0.5)).isEqualTo(StopReason.WALL);
  }

  @Test
  void aBudgetInExamplesCountsExamples() {
    Budget budget =
        new Budget(
            Optional.empty(),
            Optional.empty(),
            Optional.of(12L),
            Optional.empty(),
            Optional.empty());
    assertThat(stop(budget, 2, 5, 0)).isEqualTo(StopReason.NONE);
    assertThat(stop(budget, 3, 4, 0)).isEqualTo(StopReason.EXAMPLES);
  }

  @Test
  void thePartSpentIsThatOfTheNearestLimit() {
    Budget budget =
        new Budget(
            Optional.of(2L),
            Optional.of(10L),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(8)),
            Optional.empty());
    StopRule rule = new StopRule(budget, SIZE);
    assertThat(rule.spent(new TrainingProgress())).isEmpty();
    TrainingProgress progress = progress(4, 1, 1);
    assertThat(rule.spent(progress)).hasValue(0.5);
    assertThat(rule.steps(progress)).hasValue(8);
  }

  @Test
  void epochsAreDueWhenTheirEndIsCrossedHoweverLargeTheBatch() {
    TrainingProgress progress = new TrainingProgress();
    Cadence cadence = new Cadence(new Every.Epochs(2), 0, SIZE, 0);
    StringBuilder due = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      progress.add(StepReport.of(1, 7), 0, 0);
      due.append(cadence.isDue(progress, 0) ? 'x' : '.');
    }
    // Examples 7, 14, 21, … 70: ends of two epochs of 10 at 20, 40, 60.
    assertThat(due).hasToString("..x..x..x.");
  }

  @Test
  void timeIsDueOnceEachInterval() {
    TrainingProgress progress = new TrainingProgress();
    Cadence cadence = new Cadence(new Every.Time(Duration.ofNanos(10)), 0, SIZE, 100);
    assertThat(cadence.isDue(progress, 109)).isFalse();
    assertThat(cadence.isDue(progress, 112)).isTrue();
    assertThat(cadence.isDue(progress, 121)).isFalse();
    assertThat(cadence.isDue(progress, 122)).isTrue();
  }

  private static StopReason stop(Budget budget, int steps, int examples, double seconds) {
    return new StopRule(budget, SIZE).reached(progress(steps, examples, seconds));
  }

  private static TrainingProgress progress(int steps, int examples, double seconds) {
    TrainingProgress progress = new TrainingProgress();
    for (int i = 0; i < steps; i++) {
      progress.add(StepReport.of(1, examples), seconds, 0);
    }
    return progress;
  }
}
