package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedModel;
import dev.assay.runner.experiment.Registry;
import dev.assay.spi.Configs;
import dev.assay.spi.PreparedData;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws from a model that was trained before. */
public final class Resampling {
  private Resampling() {}

  /**
   * What was written.
   *
   * @param seconds spent by the model
   */
  public record Result(List<Path> files, int count, double seconds) {}

  /**
   * Restores the latest checkpoint and draws. With the settings of the run's own sampler the
   * samples are those of the run, and beyond their number further ones.
   *
   * @param count how many
   * @param sampler settings by YAML key; the others have their defaults
   * @param into folder for the files
   * @throws dev.assay.spi.ConfigException if a setting is wrong
   * @throws IOException if there is no checkpoint
   */
  public static Result draw(
      RunFolder folder,
      RunRecord record,
      Registry registry,
      int count,
      Map<String, ?> sampler,
      Path into)
      throws IOException {
    Cell cell = Replay.plan(record, registry).cells().getLast();
    return draw(
        folder,
        cell,
        cell.model(),
        registry,
        parents(folder, cell, record, registry),
        count,
        sampler,
        into);
  }

  /** Parents are found by the training that the record names, as their ids change with the code. */
  private static ParentStates parents(
      RunFolder folder, Cell cell, RunRecord record, Registry registry) throws IOException {
    Map<String, String> trainings = new HashMap<>();
    name(cell, record.config(), trainings);
    if (trainings.isEmpty()) {
      return ParentStates.NONE;
    }
    RunStore store = new RunStore(folder.path().resolve("..").resolve("..").normalize());
    List<RunRecord> all = store.read().records();
    return new ParentStates() {
      @Override
      public TensorState of(Cell parent) throws IOException {
        String training = trainings.get(parent.id());
        for (RunRecord one : all) {
          if (one.training().equals(training) && one.status() == RunStatus.DONE) {
            return Checkpoint.end(store.run(one.run()));
          }
        }
        throw new IOException(
            "there is no run of " + parent.model().name() + ", which this model builds upon");
      }

      @Override
      public PreparedData data(Cell parent) throws IOException {
        return parent.data().prepare(registry);
      }
    };
  }

  private static void name(Cell cell, Map<?, ?> config, Map<String, String> trainings) {
    if (config.get("parents") instanceof Map<?, ?> parents) {
      cell.parents()
          .forEach((role, parent) -> {
            if (parents.get(role) instanceof Map<?, ?> known) {
              trainings.put(parent.id(), String.valueOf(known.get("training")));
              name(parent, known, trainings);
            }
          });
    }
  }

  private static <C extends Record, S extends Record> Result draw(
      RunFolder folder,
      Cell cell,
      PlannedModel<C, S> planned,
      Registry registry,
      ParentStates parents,
      int count,
      Map<String, ?> settings,
      Path into)
      throws IOException {
    S sampler = Configs.bind(planned.provider().samplerType(), settings);
    Checkpoint checkpoint =
        Checkpoint.latest(folder, damaged -> {})
            .orElseThrow(
                () -> new IOException("run " + folder.run() + " has no checkpoint to draw from"));
    PreparedData data = cell.data().prepare(registry);
    int threads = Runtime.getRuntime().availableProcessors();
    try (TrainedModel<S> trained =
        TrainedModel.create(
            cell, planned, data, registry.backend(cell.backend().id()), threads, parents)) {
      trained.model().restore(checkpoint.state());
      Sampling.Drawn drawn =
          Sampling.draw(
              trained.model(),
              sampler,
              trained.encoded(),
              data.test(),
              count,
              Evaluator.stream(trained.random(), "sample", cell.score().seed()),
              new Cancellation(),
              drawnSoFar -> {});
      return new Result(SampleFiles.write(into, "samples", drawn, data), count, drawn.seconds());
    }
  }
}
