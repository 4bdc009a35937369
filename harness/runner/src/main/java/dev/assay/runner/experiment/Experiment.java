package dev.assay.runner.experiment;

import dev.assay.runner.task.PlannedTask;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What an experiment file says, checked but not yet resolved to providers. Every list is in file
 * order.
 *
 * @param name display text and the {@code experiment} column of results
 * @param data datasets; every model meets every one of them
 * @param models with names unique in the file
 * @param backends where each model runs
 * @param seeds training seeds
 * @param sweep settings to vary; empty for a single point
 * @param tasks what trained models are put to, with names unique in the file
 * @param gate margins for {@code assay gate}
 * @param until when to add no more seeds; empty if none are added
 */
public record Experiment(
    String name,
    List<DataChoice> data,
    List<ModelChoice> models,
    Budget budget,
    List<BackendChoice> backends,
    List<Long> seeds,
    List<SweepAxis> sweep,
    ScoreSettings score,
    EvaluateSettings evaluate,
    CheckpointSettings checkpoint,
    List<PlannedTask<?>> tasks,
    Optional<GateSettings> gate,
    Optional<Until> until) {
  /** Version of the file format, the value of the key {@code schema}. */
  public static final int SCHEMA = 1;

  public Experiment {
    data = List.copyOf(data);
    models = List.copyOf(models);
    backends = List.copyOf(backends);
    seeds = List.copyOf(seeds);
    sweep = List.copyOf(sweep);
    tasks = List.copyOf(tasks);
  }

  /** With a fixed number of seeds and no tasks. */
  public Experiment(
      String name,
      List<DataChoice> data,
      List<ModelChoice> models,
      Budget budget,
      List<BackendChoice> backends,
      List<Long> seeds,
      List<SweepAxis> sweep,
      ScoreSettings score,
      EvaluateSettings evaluate,
      CheckpointSettings checkpoint,
      Optional<GateSettings> gate) {
    this(
        name,
        data,
        models,
        budget,
        backends,
        seeds,
        sweep,
        score,
        evaluate,
        checkpoint,
        List.of(),
        gate,
        Optional.empty());
  }

  /** Every seed that may be trained with: those of the file, then those that may be added. */
  List<Long> allSeeds() {
    int most = until.map(Until::max).orElse(seeds.size());
    return LongStream.concat(
            seeds.stream().mapToLong(Long::longValue),
            LongStream.rangeClosed(seeds.size() + 1, most))
        .boxed()
        .toList();
  }
}
