package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.execute.PlanRunner.Outcome;
import dev.assay.runner.execute.WalkModel.Behaviour;
import dev.assay.runner.experiment.Budget;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Every;
import dev.assay.runner.task.PlannedTask;
import dev.assay.runner.task.Task;
import dev.assay.spi.Configs;
import dev.assay.store.MetricRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunLock;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.store.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanRunnerTest {
  private static final Behaviour GOOD = Behaviour.GOOD;

  @TempDir Path folder;

  @Test
  void aCellThatIsDoneHasNumbersSamplesScoresCurvesAndTwoCheckpoints() throws Exception {
    RunRecord record = Cells.run(folder, Cells.of("a", GOOD, Cells.steps(30))).getFirst().record();

    assertThat(record.status()).isEqualTo(RunStatus.DONE);
    assertThat(record.progress().steps()).isEqualTo(30);
    assertThat(record.progress().examples()).isEqualTo(30L * WalkModel.BATCH);
    assertThat(record.metrics())
        .extracting(MetricRow::metric)
        .contains(
            "nll",
            "centre",
            "train.seconds",
            "train.examples_per_second",
            "step.milliseconds",
            "sample.seconds",
            "sample.examples_per_second",
            "parameters",
            "memory.peak_heap_bytes",
            "gc.seconds",
            "jit.seconds");
    RunFolder run = new RunStore(folder).run("a");
    assertThat(run.checkpointFiles()).containsExactly(run.checkpoint(30), run.checkpoint(28));
    assertThat(run.samples()).isDirectoryContaining("glob:**/samples.csv");
    assertThat(run.samples()).isDirectoryContaining("glob:**/samples.png");
    assertThat(Files.readAllLines(run.samples().resolve("samples.csv"))).hasSize(301);
    assertThat(SafeTensors.read(run.scores()).arrays().get("exact").length())
        .isEqualTo(PlaneData.TEST);
    assertThat(Curves.read(run.curves()))
        .extracting(Curves.Point::name)
        .contains("train.loss", "train.distance", "valid.exact");
    assertThat(record.hashes()).containsKeys("data", "state", "scores", "samples/samples");
  }

  @Test
  void tasksGiveRowsAndWhatCannotBeDoneIsSaid() throws Exception {
    List<PlannedTask<?>> tasks =
        Task.all().stream().<PlannedTask<?>>map(PlanRunnerTest::planned).toList();
    Cell cell = Cells.with(Cells.of("a", GOOD, Cells.steps(30)), tasks);
    RunRecord record = Cells.run(folder, cell).getFirst().record();
    assertThat(record.status()).isEqualTo(RunStatus.DONE);
    MetricRow area =
        record.metrics().stream()
            .filter(row -> row.metric().equals("outlier-detection.auroc"))
            .findFirst()
            .orElseThrow();
    assertThat(area.kind()).isEqualTo("sample");
    assertThat(area.value()).isBetween(0.0, 1.0);
    assertThat(area.signature())
        .startsWith("v1|task:outlier-detection|outliers:shuffled|examples:500|score:exact");
    assertThat(Files.readString(new RunStore(folder).run("a").events()))
        .contains("\"task.done\",\"task\":\"outlier-detection\"")
        .contains("\"task\":\"inpainting\",\"reason\":\"it needs images\"");
  }

  private static <C extends Record> PlannedTask<C> planned(Task<C> task) {
    return new PlannedTask<>(task.id(), task, Configs.defaults(task.settingsType()));
  }

  @Test
  void scoresAreInRawUnits() throws Exception {
    // An untrained mean would be 0 in both: the density of 2x under N(0, 1), times 2 a dimension.
    Cell cell = Cells.of("a", new Behaviour(-1, -1, -1, 1, 0, false), Cells.steps(1));
    RunRecord record = Cells.run(folder, cell).getFirst().record();
    RunFolder run = new RunStore(folder).run("a");
    double[] mean =
        new TensorState(SafeTensors.read(run.checkpoint(1)))
            .doubles("mean", dev.assay.tensor.Shape.of(2));
    float[] x = new PlaneData().load("plane", new PlaneData()).test().dense().data();
    double expected = 0;
    for (int i = 0; i < x.length; i++) {
      double deviation = 0.5;
      double z = (x[i] - mean[i % 2] / 2) / deviation;
      expected +=
          (0.5 * z * z + Math.log(deviation) + 0.5 * Math.log(2 * Math.PI)) / PlaneData.TEST;
    }
    assertThat(value(record, "nll")).isCloseTo(expected, within(1e-6));
  }

  @Test
  void samplersOfOneTrainingHaveRowsOfTheirOwn() throws Exception {
    Cell cell =
        Cells.of(
            "a",
            GOOD,
            Cells.steps(3),
            1,
            new Every.Steps(7),
            new WalkModel.Sampler(1),
            new WalkModel.Sampler(2));
    RunRecord record = Cells.run(folder, cell).getFirst().record();
    assertThat(record.metrics())
        .filteredOn(row -> row.metric().equals("centre"))
        .extracting(MetricRow::sampler)
        .containsExactly("", "temperature=2.0");
    assertThat(record.metrics()).filteredOn(row -> row.metric().equals("nll")).hasSize(1);
    assertThat(record.hashes()).containsKeys("samples/samples-1", "samples/samples-2");
  }

  @Test
  void oneCellThatFailsStopsNoOther() throws Exception {
    List<Outcome> outcomes =
        Cells.run(
            folder,
            Cells.of("crash", new Behaviour(-1, 5, -1, -1, 0, false), Cells.steps(9)),
            Cells.of("exhaust", new Behaviour(-1, -1, 5, -1, 0, false), Cells.steps(9)),
            Cells.of("diverge", new Behaviour(5, -1, -1, -1, 0, false), Cells.steps(9)),
            Cells.of("unscorable", new Behaviour(-1, -1, -1, -1, 0, true), Cells.steps(9)),
            Cells.of("good", GOOD, Cells.steps(9)));

    assertThat(outcomes)
        .extracting(o -> o.record().status())
        .containsExactly(
            RunStatus.FAILED,
            RunStatus.FAILED,
            RunStatus.DIVERGED,
            RunStatus.DIVERGED,
            RunStatus.DONE);
    assertThat(outcomes.get(0).record().reason()).isEqualTo("IllegalStateException: it crashed");
    assertThat(new RunStore(folder).run("crash").log())
        .content()
        .contains("as it was told", "WalkModel.train");
    assertThat(outcomes.get(1).record().reason()).startsWith("out of memory with a heap of ");
    assertThat(outcomes.get(2).record().reason())
        .startsWith("the loss is NaN at update 6; the last finite loss was ");
    assertThat(outcomes.get(3).record().reason())
        .isEqualTo("the exact score of test example 0 is NaN");
    assertThat(outcomes.subList(0, 4)).allMatch(o -> o.record().metrics().isEmpty());
  }

  @Test
  void aCellThatIsDoneIsNotRunAgainUnlessFresh() throws Exception {
    Cell cell = Cells.of("a", GOOD, Cells.steps(5));
    RunRecord first = Cells.run(folder, cell).getFirst().record();
    Outcome second = Cells.run(folder, cell).getFirst();
    assertThat(second.reused()).isTrue();
    assertThat(second.record()).isEqualTo(first);
    Outcome third =
        Cells.runner(folder, 1, true, new Cancellation(), RunObserver.NONE)
            .run(Cells.plan(cell))
            .getFirst();
    assertThat(third.reused()).isFalse();
    assertThat(third.record().progress().resumed()).isZero();
    assertThat(Cells.promised(third.record())).isEqualTo(Cells.promised(first));
  }

  @Test
  void aFailedCellIsRunAgain() throws Exception {
    Cell cell = Cells.of("a", new Behaviour(-1, 9, -1, -1, 0, false), Cells.steps(20));
    Cells.run(folder, cell);
    Outcome again = Cells.run(folder, cell).getFirst();
    assertThat(again.reused()).isFalse();
    assertThat(again.record().progress().resumed()).isEqualTo(1);
  }

  @Test
  void aStopLeavesACheckpointFromWhichTheNextRunGoesOnToTheSameBits() throws Exception {
    Cell cell =
        Cells.of(
            "a",
            GOOD,
            Cells.steps(40),
            1,
            new Every.Time(Duration.ofHours(1)),
            new WalkModel.Sampler(1));
    Cancellation cancellation = new Cancellation();
    RunObserver stopAtOnce = new StopWhenTraining(cancellation);
    RunRecord cut =
        Cells.runner(folder, 1, false, cancellation, stopAtOnce)
            .run(Cells.plan(cell, Cells.of("b", GOOD, Cells.steps(1))))
            .getFirst()
            .record();
    assertThat(cut.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cut.metrics()).isEmpty();
    assertThat(new RunStore(folder).run("a").checkpointFiles()).isNotEmpty();
    assertThat(new RunStore(folder).run("b").read()).isEmpty();

    RunRecord resumed = Cells.run(folder, cell).getFirst().record();
    RunRecord whole = Cells.run(folder.resolve("other"), cell).getFirst().record();
    assertThat(resumed.progress().resumed()).isEqualTo(1);
    assertThat(resumed.hashes()).isEqualTo(whole.hashes());
    assertThat(Cells.promised(resumed)).isEqualTo(Cells.promised(whole));
  }

  @Test
  void severalJobsGiveTheBitsOfOne() throws Exception {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cells.add(
          Cells.of(
              "c" + i, GOOD, Cells.steps(10), i, new Every.Steps(3), new WalkModel.Sampler(1)));
    }
    Cell[] all = cells.toArray(Cell[]::new);
    List<Outcome> one = Cells.run(folder.resolve("one"), all);
    List<Outcome> four =
        Cells.runner(folder.resolve("four"), 4, false, new Cancellation(), RunObserver.NONE)
            .run(Cells.plan(all));
    assertThat(four).hasSameSizeAs(one);
    for (int i = 0; i < one.size(); i++) {
      assertThat(four.get(i).record().hashes()).isEqualTo(one.get(i).record().hashes());
    }
  }

  @Test
  void aCellThatAnotherProcessRunsIsWaitedFor() throws Exception {
    Cell cell = Cells.of("a", GOOD, Cells.steps(2));
    RunFolder run = new RunStore(folder).run("a");
    Files.createDirectories(run.path());
    Cancellation cancellation = new Cancellation();
    List<String> notes = new ArrayList<>();
    RunObserver stopsWaiting =
        new StopWhenTraining(new Cancellation()) {
          @Override
          public void note(Cell noted, String line) {
            notes.add(line);
            cancellation.request();
          }
        };
    try (RunLock lock = run.tryLock().orElseThrow()) {
      Outcome outcome =
          Cells.runner(folder, 1, false, cancellation, stopsWaiting)
              .run(Cells.plan(cell))
              .getFirst();
      assertThat(outcome.record().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(lock).isNotNull();
    }
    assertThat(notes).containsExactly("waits for another process that runs it");
  }

  @Test
  void aDamagedRecordIsRunAnewAndADamagedCheckpointIsPassedOver() throws Exception {
    Cell cell = Cells.of("a", GOOD, Cells.steps(30));
    RunRecord first = Cells.run(folder, cell).getFirst().record();
    RunFolder run = new RunStore(folder).run("a");
    Files.writeString(run.recordFile(), "{");
    assertThat(Cells.run(folder, cell).getFirst().record().hashes()).isEqualTo(first.hashes());

    Files.delete(run.recordFile());
    Files.writeString(run.checkpoint(30), "nonsense, and longer than eight bytes");
    RunRecord again = Cells.run(folder, cell).getFirst().record();
    assertThat(again.progress().resumed()).isEqualTo(1);
    assertThat(again.hashes()).isEqualTo(first.hashes());
  }

  @Test
  void patienceStopsAndKeepsTheBestModel() throws Exception {
    Budget patient =
        new Budget(
            Optional.empty(),
            Optional.of(100_000L),
            Optional.empty(),
            Optional.empty(),
            Optional.of(2L));
    RunRecord record = Cells.run(folder, Cells.of("a", GOOD, patient)).getFirst().record();
    assertThat(record.status()).isEqualTo(RunStatus.DONE);
    assertThat(record.progress().steps()).isLessThan(100_000);
    List<Double> valid =
        Curves.read(new RunStore(folder).run("a").curves()).stream()
            .filter(p -> p.name().equals("valid.exact"))
            .map(Curves.Point::value)
            .toList();
    double best = valid.stream().mapToDouble(v -> v).min().orElseThrow();
    assertThat(valid.indexOf(best)).isEqualTo(valid.size() - 3);
  }

  @Test
  void aFirstUpdateLongerThanTheBudgetIsATimeOutUnlessItWasTheLast() throws Exception {
    Budget wall =
        new Budget(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMillis(10)),
            Optional.empty());
    List<Outcome> outcomes =
        Cells.run(
            folder,
            Cells.of("slow", new Behaviour(-1, -1, -1, -1, 30, false), wall),
            Cells.of("closed", new Behaviour(-1, -1, -1, 1, 30, false), wall));
    assertThat(outcomes)
        .extracting(o -> o.record().status())
        .containsExactly(RunStatus.TIMED_OUT, RunStatus.DONE);
    assertThat(outcomes.getFirst().record().reason()).startsWith("the first update took ");
    assertThat(outcomes.getFirst().record().metrics()).isEmpty();
  }

  @Test
  void tablesHoldTheExperimentAsItWasRunLast() throws Exception {
    Cells.run(folder, Cells.of("a", GOOD, Cells.steps(5)));
    Cells.run(folder, Cells.of("b", GOOD, Cells.steps(6)));
    List<String> results = Files.readAllLines(new RunStore(folder).results());
    assertThat(results.getFirst())
        .isEqualTo(
            "experiment,run,status,model,family,dataset,split,backend,device,precision,train_seed,"
                + "sample_seed,params,metric,kind,direction,value,ci_low,ci_high,n,unit,signature");
    assertThat(results).hasSizeGreaterThan(5);
    assertThat(results.subList(1, results.size())).allMatch(row -> row.startsWith("test,b,DONE,"));
  }

  private static double value(RunRecord record, String metric) {
    return record.metrics().stream()
        .filter(row -> row.metric().equals(metric))
        .mapToDouble(MetricRow::value)
        .findFirst()
        .orElseThrow();
  }

  private static class StopWhenTraining implements RunObserver {
    private final Cancellation cancellation;

    StopWhenTraining(Cancellation cancellation) {
      this.cancellation = cancellation;
    }

    @Override
    public void phase(Cell cell, Phase phase) {
      if (phase == Phase.TRAINING) {
        cancellation.request();
      }
    }

    @Override
    public void trained(Cell cell, TrainingView view) {}

    @Override
    public void note(Cell cell, String line) {}

    @Override
    public void ended(Cell cell, RunRecord record, boolean reused) {}
  }
}
