package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.execute.PlanRunner.Outcome;
import dev.assay.runner.execute.WalkModel.Behaviour;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.CheckpointSettings;
import dev.assay.runner.experiment.EvaluateSettings;
import dev.assay.runner.experiment.Every;
import dev.assay.runner.experiment.Experiment;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Series;
import dev.assay.runner.experiment.Until;
import dev.assay.statistics.Interval;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds are added until an interval is narrow, or there are no more. */
final class SeedRuleTest {
  private static final int MAX = 8;

  @TempDir Path folder;

  private static Plan plan(double half, Optional<String> metric) {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= MAX; seed++) {
      cells.add(
          Cells.of(
              "s" + seed,
              Behaviour.GOOD,
              Cells.steps(2),
              seed,
              new Every.Steps(7),
              new WalkModel.Sampler(1)));
    }
    Cell first = cells.getFirst();
    Experiment experiment =
        new Experiment(
            "test",
            List.of(),
            List.of(),
            first.budget(),
            List.of(),
            List.of(1L, 2L),
            List.of(),
            first.score(),
            new EvaluateSettings(Optional.empty(), 10),
            new CheckpointSettings(new Every.Steps(7)),
            List.of(),
            Optional.empty(),
            Optional.of(new Until(half, true, metric, MAX)));
    return new Plan(experiment, cells.subList(0, 2), List.of(new Series(cells)));
  }

  private List<Outcome> run(Plan plan) throws IOException {
    return Cells.runner(folder, 1, false, new Cancellation(), RunObserver.NONE).run(plan);
  }

  private static double[] values(List<Outcome> outcomes, int count) {
    return outcomes.stream()
        .limit(count)
        .map(Outcome::record)
        .mapToDouble(record -> value(record, "nll"))
        .toArray();
  }

  private static double value(RunRecord record, String metric) {
    return record.metrics().stream()
        .filter(row -> row.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static double part(double[] values) {
    Interval interval = Interval.student(0.95, values);
    return (interval.high() - interval.low()) / (interval.high() + interval.low());
  }

  @Test
  void aWideTargetNeedsNoMoreSeeds() throws Exception {
    assertThat(run(plan(1000, Optional.of("nll")))).hasSize(2);
  }

  @Test
  void anUnattainableTargetEndsAtTheMostSeeds() throws Exception {
    List<Outcome> outcomes = run(plan(1e-9, Optional.empty()));
    assertThat(outcomes).hasSize(MAX);
    assertThat(Files.readString(new RunStore(folder).leaderboard())).contains("," + MAX + ",");
  }

  @Test
  void seedsStopAtTheFirstIntervalThatIsNarrowEnough() throws Exception {
    double[] all = values(run(plan(1e-9, Optional.of("nll"))), MAX);
    int expected = MAX;
    double target = part(Arrays.copyOf(all, 5)) * 1.0001;
    for (int n = MAX; n >= 2; n--) {
      if (part(Arrays.copyOf(all, n)) <= target) {
        expected = n;
      }
    }
    List<Outcome> again = run(plan(target, Optional.of("nll")));
    assertThat(again).hasSize(expected).allMatch(Outcome::reused);
    assertThat(values(again, expected)[0]).isCloseTo(all[0], within(0.0));
  }

  @Test
  void whatIsCutGoesOnToTheSameSeeds() throws Exception {
    Plan plan = plan(1e-9, Optional.of("nll"));
    Cancellation cancellation = new Cancellation();
    RunObserver stop =
        new RunObserver() {
          @Override
          public void phase(Cell cell, Phase phase) {}

          @Override
          public void trained(Cell cell, TrainingView view) {}

          @Override
          public void note(Cell cell, String line) {}

          @Override
          public void ended(Cell cell, RunRecord record, boolean reused) {
            if (cell.id().equals("s4")) {
              cancellation.request();
            }
          }
        };
    assertThat(Cells.runner(folder, 1, false, cancellation, stop).run(plan)).hasSize(4);
    List<Outcome> rest = run(plan);
    assertThat(rest).hasSize(MAX);
    assertThat(rest.stream().filter(Outcome::reused)).hasSize(4);
    assertThat(rest).allMatch(outcome -> outcome.record().status() == RunStatus.DONE);
  }
}
