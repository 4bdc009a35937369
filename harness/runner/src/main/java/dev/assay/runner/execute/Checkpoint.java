package dev.assay.runner.execute;

import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ResumableSource;
import dev.assay.store.AtomicFiles;
import dev.assay.store.DamagedFileException;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunFolder;
import dev.assay.store.SafeTensors;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that training reads and changes, between two updates: the model's state, the place in
 * the data, and the harness's own counters, whose names start with {@link #HARNESS}.
 */
record Checkpoint(TensorState state) {
  /**
   * Prefix of the harness's own entries. They hold times, so the hash of a state leaves them out.
   */
  static final String HARNESS = "harness.";

  private static final String PROGRESS = HARNESS + "progress";
  private static final String SECONDS = HARNESS + "seconds";
  private static final int NUMBERS = 5;
  private static final int KEPT = 2;

  static Checkpoint of(
      GenerativeModel<?> model, ResumableSource source, TrainingProgress progress) {
    TensorState state = new TensorState();
    model.save(state);
    source.save(state);
    state.putLongs(
        PROGRESS,
        progress.step(),
        progress.examples(),
        progress.resumed(),
        progress.stop().ordinal(),
        progress.patience().best().step(),
        progress.patience().waited());
    state.putDoubles(
        SECONDS,
        Shape.of(NUMBERS),
        new double[] {
          progress.seconds(),
          progress.lastLoss(),
          progress.patience().best().score(),
          progress.medianStep(),
          progress.flops()
        });
    progress.averages().save(state);
    return new Checkpoint(state);
  }

  /** Brings model, source and progress to where this checkpoint was taken. */
  void restore(GenerativeModel<?> model, ResumableSource source, TrainingProgress progress) {
    model.restore(state);
    source.restore(state);
    long[] counts = state.longs(PROGRESS);
    double[] numbers = state.doubles(SECONDS, Shape.of(NUMBERS));
    progress.restore(counts, numbers);
    progress.averages().restore(state);
  }

  /** SHA-256 of the state but for the harness's own entries. */
  String hash() {
    return SafeTensors.digest(content(), name -> !name.startsWith(HARNESS));
  }

  /** Writes the file of this step and removes all but the latest two. */
  void write(RunFolder folder, long step) throws IOException {
    AtomicFiles.createFolders(folder.checkpoints());
    SafeTensors.write(folder.checkpoint(step), content());
    List<Path> files = folder.checkpointFiles();
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      AtomicFiles.delete(old);
    }
  }

  /**
   * The latest checkpoint that can be read.
   *
   * @param damaged is told of each one that cannot
   */
  static Optional<Checkpoint> latest(RunFolder folder, Consumer<DamagedFileException> damaged)
      throws IOException {
    for (Path file : folder.checkpointFiles()) {
      try {
        return Optional.of(new Checkpoint(new TensorState(SafeTensors.read(file))));
      } catch (DamagedFileException e) {
        damaged.accept(e);
      }
    }
    return Optional.empty();
  }

  /**
   * The state in which a training ended.
   *
   * @throws IOException if there is no checkpoint
   */
  static TensorState end(RunFolder folder) throws IOException {
    return latest(folder, damaged -> {})
        .orElseThrow(() -> new IOException("run " + folder.run() + " has no checkpoint"))
        .state();
  }

  private NamedArrays content() {
    return new NamedArrays(state.arrays(), Map.of("format", "assay-checkpoint-1"));
  }
}
