package dev.assay.runner.experiment;

import dev.assay.runner.task.PlannedTask;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One training and what is drawn from it and measured: a point of datasets × models (after sweep
 * substitution) × backends × seeds. The samplers of {@code model} share the training; each gives
 * rows of results of its own.
 *
 * @param id hash of {@code spec}: 16 hexadecimal digits. Equal ids have equal results
 * @param trainingId hash of the parts of {@code spec} that determine the trained model: not of
 *     samplers, score settings and metrics
 * @param parents the cells whose trained models this one builds upon, by role
 * @param seed training seed
 * @param metrics those asked for that fit the data
 * @param tasks what the trained model is put to
 * @param fit in which form the model wants the data, or the reason why this cell is skipped
 * @param spec everything that determines the result, as plain values that JSON can hold
 */
public record Cell(
    String id,
    String trainingId,
    PlannedData<?, ?> data,
    PlannedModel<?, ?> model,
    Map<String, Cell> parents,
    BackendChoice backend,
    long seed,
    Budget budget,
    ScoreSettings score,
    List<Metric> metrics,
    List<PlannedTask<?>> tasks,
    EvaluateSettings evaluate,
    CheckpointSettings checkpoint,
    Fit fit,
    Map<String, Object> spec) {
  public Cell {
    parents = Collections.unmodifiableMap(new TreeMap<>(parents));
    metrics = List.copyOf(metrics);
    tasks = List.copyOf(tasks);
  }
}
