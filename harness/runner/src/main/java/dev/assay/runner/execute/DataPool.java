package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedData;
import dev.assay.runner.experiment.Registry;
import dev.assay.spi.PreparedData;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Prepares each dataset, and its features, once for all cells that need them, and lets go of them
 * after the last.
 */
final class DataPool {
  private final Registry registry;
  private final Map<PlannedData<?, ?>, Integer> uses = new HashMap<>();
  private final Map<PlannedData<?, ?>, FutureTask<PreparedData>> prepared = new HashMap<>();
  private final Map<PlannedData<?, ?>, Optional<DatasetFeatures>> features = new HashMap<>();
  private final Cancellation cancellation;

  /**
   * @param others further data that will be asked for, each once
   */
  DataPool(
      Registry registry,
      List<Cell> cells,
      List<PlannedData<?, ?>> others,
      Cancellation cancellation) {
    this.registry = registry;
    this.cancellation = cancellation;
    cells.forEach(cell -> needed(cell).forEach(data -> uses.merge(data, 1, Integer::sum)));
    others.forEach(data -> uses.merge(data, 1, Integer::sum));
  }

  /**
   * The data, prepared by the first who asks.
   *
   * @throws IOException if a file is missing or damaged
   */
  PreparedData get(PlannedData<?, ?> planned) throws IOException {
    FutureTask<PreparedData> task;
    synchronized (this) {
      task = prepared.computeIfAbsent(planned, p -> new FutureTask<>(() -> p.prepare(registry)));
    }
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw new IOException(io.getMessage(), io);
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }

  /**
   * The features of data from {@link #get}; empty where no extractor fits.
   *
   * @param notes is told what takes long, if this is the first call for the data
   */
  synchronized Optional<DatasetFeatures> features(
      PlannedData<?, ?> planned, PreparedData data, Consumer<String> notes) {
    return features.computeIfAbsent(
        planned, p -> DatasetFeatures.of(data, registry, cancellation, notes));
  }

  /** What a cell and those that it builds upon were trained on. */
  private static Set<PlannedData<?, ?>> needed(Cell cell) {
    Set<PlannedData<?, ?>> all = new HashSet<>();
    all.add(cell.data());
    cell.parents().values().forEach(parent -> all.addAll(needed(parent)));
    return all;
  }

  /** To be called once for each cell, when it has ended. */
  void release(Cell cell) {
    needed(cell).forEach(this::release);
  }

  /** To be called once for each of the others. */
  synchronized void release(PlannedData<?, ?> planned) {
    if (uses.merge(planned, -1, Integer::sum) <= 0) {
      prepared.remove(planned);
      Optional<DatasetFeatures> opened = features.remove(planned);
      if (opened != null) {
        opened.ifPresent(DatasetFeatures::close);
      }
    }
  }
}
