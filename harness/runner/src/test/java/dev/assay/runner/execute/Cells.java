package dev.assay.runner.execute;

import dev.assay.runner.experiment.BackendChoice;
import dev.assay.runner.experiment.Budget;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.CheckpointSettings;
import dev.assay.runner.experiment.EvaluateSettings;
import dev.assay.runner.experiment.Every;
import dev.assay.runner.experiment.Experiment;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.PlannedData;
import dev.assay.runner.experiment.PlannedModel;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.experiment.ScoreSettings;
import dev.assay.runner.task.PlannedTask;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import dev.assay.tensor.reference.ReferenceProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cells of {@link WalkModel} on {@link PlaneData}, and what runs them. */
final class Cells {
  private static final PlaneData DATA = new PlaneData();
  private static final WalkModel.Provider MODEL = new WalkModel.Provider();

  private Cells() {}

  static Registry registry() {
    return Registry.of(
        DATA,
        MODEL,
        new PupilModel.Provider(),
        MeanNll.NLL,
        MeanNll.CENTRE,
        new ReferenceProvider());
  }

  static Cell of(String id, WalkModel.Behaviour behaviour, Budget budget) {
    return of(id, behaviour, budget, 1, new Every.Steps(7), new WalkModel.Sampler(1));
  }

  static Cell of(
      String id,
      WalkModel.Behaviour behaviour,
      Budget budget,
      long seed,
      Every checkpoint,
      WalkModel.Sampler... samplers) {
    List<PlannedModel.Sampler<WalkModel.Sampler>> planned =
        java.util.Arrays.stream(samplers)
            .map(s ->
                new PlannedModel.Sampler<>(
                    s.temperature() == 1 ? "" : "temperature=" + s.temperature(), s))
            .toList();
    return new Cell(
        id,
        "training-" + id,
        new PlannedData<>(
            PlaneData.CARD,
            Optional.empty(),
            DATA,
            new PlaneData.None(),
            new PlaneData.None(),
            PlaneData.CARD.spec()),
        new PlannedModel<>("walk", MODEL, behaviour, "", planned),
        Map.of(),
        new BackendChoice("reference", "fp32", Optional.empty(), Optional.empty()),
        seed,
        budget,
        new ScoreSettings(List.of(), 300, 10, 1),
        List.of(MeanNll.NLL, MeanNll.CENTRE),
        List.of(),
        new EvaluateSettings(Optional.empty(), 1000),
        new CheckpointSettings(checkpoint),
        Fit.continuous(),
        Map.of("id", id));
  }

  /** The same cell put to tasks. */
  static Cell with(Cell cell, List<PlannedTask<?>> tasks) {
    return with(cell, cell.metrics(), tasks);
  }

  /** The same cell with these metrics alone. */
  static Cell measured(Cell cell, Metric... metrics) {
    return with(cell, List.of(metrics), cell.tasks());
  }

  private static Cell with(Cell cell, List<Metric> metrics, List<PlannedTask<?>> tasks) {
    return new Cell(
        cell.id(),
        cell.trainingId(),
        cell.data(),
        cell.model(),
        cell.parents(),
        cell.backend(),
        cell.seed(),
        cell.budget(),
        cell.score(),
        metrics,
        tasks,
        cell.evaluate(),
        cell.checkpoint(),
        cell.fit(),
        cell.spec());
  }

  static Budget steps(long steps) {
    return new Budget(
        Optional.empty(), Optional.of(steps), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Plan plan(Cell... cells) {
    Experiment experiment =
        new Experiment(
            "test",
            List.of(),
            List.of(),
            cells[0].budget(),
            List.of(),
            List.of(1L),
            List.of(),
            cells[0].score(),
            cells[0].evaluate(),
            cells[0].checkpoint(),
            Optional.empty());
    return new Plan(experiment, List.of(cells));
  }

  static List<PlanRunner.Outcome> run(Path folder, Cell... cells) throws IOException {
    return runner(folder, 1, false, new Cancellation(), RunObserver.NONE).run(plan(cells));
  }

  static PlanRunner runner(
      Path folder, int jobs, boolean fresh, Cancellation cancellation, RunObserver observer) {
    return new PlanRunner(
        new RunStore(folder),
        registry(),
        new PlanRunner.Settings(jobs, fresh, Map.of()),
        cancellation,
        observer);
  }

  /** The numbers that must not depend on the machine or the hour. */
  static List<MetricRow> promised(RunRecord record) {
    return record.metrics().stream().filter(row -> !row.kind().equals("measured")).toList();
  }
}
