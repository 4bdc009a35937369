package dev.assay.runner.execute;

import dev.assay.runner.DivergedException;
import dev.assay.runner.execute.TrainingProgress.StopReason;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedModel;
import dev.assay.spi.Batch;
import dev.assay.spi.Metric;
import dev.assay.spi.PreparedData;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.Scorer;
import dev.assay.store.AtomicFiles;
import dev.assay.store.Flag;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.tensor.DeviceLostException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One cell from data to record. Whoever calls holds the lock of the folder. */
final class CellRun<C extends Record, S extends Record> {
  private static final double MILLIS = 1e3;

  private final Cell cell;
  private final PlannedModel<C, S> planned;
  private final RunFolder folder;
  private final Workplace workplace;
  private final TrainingProgress progress = new TrainingProgress();
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, String> provenance;
  private final Rows rows;
  private final int threads;
  private List<Flag> flags = List.of();
  private boolean lostDevice;

  private CellRun(Cell cell, PlannedModel<C, S> planned, RunFolder folder, Workplace workplace) {
    this.cell = cell;
    this.planned = planned;
    this.folder = folder;
    this.workplace = workplace;
    this.threads = cell.backend().threads().orElse(workplace.threads());
    this.provenance = new LinkedHashMap<>(workplace.provenance());
    this.rows = new Rows("threads:" + threads + "|jobs:" + workplace.jobs());
  }

  static CellRun<?, ?> of(Cell cell, RunFolder folder, Workplace workplace) {
    return of(cell, cell.model(), folder, workplace);
  }

  private static <C extends Record, S extends Record> CellRun<C, S> of(
      Cell cell, PlannedModel<C, S> planned, RunFolder folder, Workplace workplace) {
    return new CellRun<>(cell, planned, folder, workplace);
  }

  /**
   * Runs, or goes on from the latest checkpoint, and writes the record. Whatever the model does
   * ends in a status.
   *
   * @throws IOException if the folder cannot be written
   */
  RunRecord run() throws IOException {
    AtomicFiles.createFolders(folder.path());
    record(RunStatus.RUNNING, "");
    try (Events events = Events.open(folder)) {
      events.add("start");
      RunRecord record = attempt(events);
      events.add("end", "status", record.status(), "reason", record.reason());
      return record;
    }
  }

  private RunRecord attempt(Events events) throws IOException {
    try {
      PreparedData data = prepare();
      Optional<String> timedOut = trainAndEvaluate(data, events);
      return timedOut.isPresent()
          ? record(RunStatus.TIMED_OUT, timedOut.get())
          : record(RunStatus.DONE, "");
    } catch (CancelledException e) {
      return record(RunStatus.CANCELLED, kept());
    } catch (DivergedException e) {
      return record(RunStatus.DIVERGED, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      log(e);
      return record(
          RunStatus.FAILED,
          "out of memory with a heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB ("
              + e.getMessage()
              + "); raise it with ASSAY_JAVA_OPTS=-Xmx…, or use fewer --jobs");
    } catch (Exception | Error e) {
      lostDevice = DeviceLostException.isBehind(e);
      log(e);
      return record(RunStatus.FAILED, describe(e));
    }
  }

  /** Whether it ended because its backend's device is lost to this process. */
  boolean lostDevice() {
    return lostDevice;
  }

  /** Where it stopped, and what the next run finds. */
  private String kept() {
    if (progress.step() == 0) {
      return "stopped before the first update";
    }
    return progress.stop() == StopReason.NONE
        ? "stopped; a checkpoint keeps update " + progress.step()
        : "stopped after training, all of which a checkpoint keeps";
  }

  private PreparedData prepare() throws IOException {
    workplace.cancellation().check();
    workplace.observer().phase(cell, RunObserver.Phase.PREPARING);
    PreparedData data = workplace.data().get(cell.data());
    hashes.put("data", data.hash());
    provenance.put("data.signature", data.signature());
    cell.data().own().ifPresent(own -> provenance.put("data.folder", own.folder().toString()));
    return data;
  }

  /** Parents of the same experiment have run beside this cell. */
  private ParentStates parents() {
    return new ParentStates() {
      @Override
      public TensorState of(Cell parent) throws IOException {
        return Checkpoint.end(new RunFolder(folder.path().resolveSibling(parent.id())));
      }

      @Override
      public PreparedData data(Cell parent) throws IOException {
        return workplace.data().get(parent.data());
      }
    };
  }

  /** What says why training ended before it had begun in earnest; empty if all went well. */
  private Optional<String> trainAndEvaluate(PreparedData data, Events events) throws IOException {
    Meters meters = Meters.start();
    try (TrainedModel<S> trained =
        TrainedModel.create(
            cell,
            planned,
            data,
            workplace.registry().backend(cell.backend().id()),
            threads,
            parents())) {
      facts(trained);
      workplace.observer().phase(cell, RunObserver.Phase.TRAINING);
      ResumableSource source = trained.source();
      restore(trained, source, events);
      boolean whole = progress.step() == 0;
      boolean alone = whole && workplace.jobs() == 1;
      Optional<Validation> validation = validation(trained);
      OptionalDouble allocated;
      OptionalDouble device;
      try (Curves curves = Curves.open(folder, progress.step())) {
        TrainingLoop loop =
            new TrainingLoop(
                cell,
                folder,
                trained,
                validation,
                progress,
                curves,
                events,
                workplace.cancellation(),
                () -> alone ? meters.joules() : OptionalDouble.empty(),
                view -> workplace.observer().trained(cell, view));
        loop.run();
        allocated = loop.allocatedBytes();
        device = loop.deviceSeconds();
        if (device.isPresent()) {
          Provenance.gpus().forEach((name, value) -> provenance.put("trained." + name, value));
        }
      }
      if (alone) {
        meters.look();
      }
      if (progress.stop() == StopReason.WALL && progress.step() == 1) {
        return Optional.of(
            "the first update took " + progress.seconds() + " s, more than the whole budget");
      }
      hashes.put("state", Checkpoint.of(trained.model(), source, progress).hash());
      trainingRows(trained);
      if (whole) {
        accountRows(meters, allocated, device);
      }
      timeToQuality(validation, events);
      Evaluator<S> evaluator =
          new Evaluator<>(cell, planned, trained, folder, workplace, events, rows, hashes);
      evaluator.run();
      flags = evaluator.flags();
      facts(trained);
      if (alone) {
        meters.look();
        processRows(meters);
      }
      return Optional.empty();
    }
  }

  /** What the backend says of itself; of some it says more once it has run programs. */
  private void facts(TrainedModel<S> trained) {
    trained.backend().facts().forEach((name, value) -> provenance.put("backend." + name, value));
  }

  private void timeToQuality(Optional<Validation> validation, Events events) throws IOException {
    if (cell.evaluate().target().isEmpty()) {
      return;
    }
    double target = cell.evaluate().target().get();
    List<Curves.Point> points = Curves.read(folder.curves());
    if (!TimeToQuality.addTo(rows, points, validation.orElseThrow().method(), target)) {
      events.add("target.missed", "target", target);
      workplace.observer().note(cell, "never reached a validation score of " + target);
    }
  }

  private void restore(TrainedModel<S> trained, ResumableSource source, Events events)
      throws IOException {
    Optional<Checkpoint> latest =
        Checkpoint.latest(
            folder, damaged -> workplace.observer().note(cell, damaged.getMessage() + "; ignored"));
    if (latest.isPresent()) {
      latest.get().restore(trained.model(), source, progress);
      events.add("resume", "step", progress.step());
      workplace.observer().note(cell, "goes on after update " + progress.step());
    }
  }

  private Optional<Validation> validation(TrainedModel<S> trained) {
    boolean scores = trained.model() instanceof Scorer;
    Optional<Batch> valid = trained.data().valid();
    boolean patience = cell.budget().patience().isPresent();
    boolean needed = patience || cell.evaluate().target().isPresent();
    if (needed && (!scores || valid.isEmpty())) {
      throw new IllegalStateException(
          (patience ? "patience needs " : "evaluate.target needs ")
              + (scores
                  ? "validation examples: set data.split.valid"
                  : "a model that can score; " + planned.id() + " cannot"));
    }
    if (valid.isEmpty() || !(trained.model() instanceof Scorer scorer)) {
      return Optional.empty();
    }
    Batch examples =
        valid.get().range(0, Math.min(cell.evaluate().examples(), valid.get().count()));
    Scoring scoring =
        new Scoring(
            scorer,
            trained.encoded(),
            trained.random().child("validate"),
            workplace.cancellation(),
            (done, of) -> {});
    return Optional.of(
        new Validation(
            scoring, examples, scorer.methods(cell.score().importanceSamples()).getFirst()));
  }

  private void trainingRows(TrainedModel<S> trained) throws IOException {
    long n = progress.examples();
    Metric.Direction lower = Metric.Direction.LOWER;
    Metric.Direction higher = Metric.Direction.HIGHER;
    Metric.Direction none = Metric.Direction.NONE;
    rows.measured("", "train.seconds", lower, progress.seconds(), progress.step(), "s");
    rows.measured("", "train.examples_per_second", higher, n / progress.seconds(), n, "1/s");
    rows.measured(
        "", "step.milliseconds", lower, progress.medianStep() * MILLIS, progress.step(), "ms");
    long parameters = trained.model().parameters();
    rows.measured("", "parameters", none, (double) parameters, 1, "1");
    if (trained.model().trained() != parameters) {
      rows.measured("", "parameters.trained", none, (double) trained.model().trained(), 1, "1");
    }
    if (progress.flops() > 0) {
      double each = progress.flops() / progress.step();
      rows.measured("", "flops_per_step", none, each, progress.step(), "flop");
    }
    Optional<Pace> pace = Pace.of(Curves.read(folder.curves())).filter(p -> p.state().reached());
    if (pace.isPresent()) {
      int blocks = pace.get().steady().length;
      double rate = pace.get().examplesPerSecond();
      rows.measured("", "train.steady_examples_per_second", higher, rate, blocks, "1/s");
      rows.measured("", "warmup.seconds", lower, pace.get().warmUp(), 1, "s");
    }
  }

  /** What training took, of a cell that was never interrupted. */
  private void accountRows(Meters meters, OptionalDouble allocated, OptionalDouble device) {
    Metric.Direction lower = Metric.Direction.LOWER;
    if (device.isPresent()) {
      long n = progress.step();
      double seconds = device.getAsDouble();
      rows.measured("", "train.device_seconds", lower, seconds, n, "s");
      rows.measured("", "step.device_milliseconds", lower, seconds / n * MILLIS, n, "ms");
    }
    allocated.ifPresent(
        bytes -> rows.measured("", "allocated_bytes_per_step", lower, bytes, progress.step(), "B"));
    if (workplace.jobs() == 1) {
      OptionalDouble joules = meters.joules();
      if (joules.isPresent()) {
        String source = "by:" + meters.energySource().orElseThrow();
        rows.measured("energy.joules", lower, joules.getAsDouble(), 1, "J", source);
      }
    }
  }

  /** What the whole process took for the only cell at work, evaluation included. */
  private void processRows(Meters meters) {
    Metric.Direction lower = Metric.Direction.LOWER;
    meters
        .peakBytes()
        .ifPresent(bytes -> rows.measured("", "memory.peak_bytes", lower, (double) bytes, 1, "B"));
    double heap = (double) meters.peakHeapBytes();
    rows.measured("", "memory.peak_heap_bytes", lower, heap, 1, "B");
    meters
        .peakNativeBytes()
        .ifPresent(
            bytes -> rows.measured("", "memory.peak_native_bytes", lower, (double) bytes, 1, "B"));
    rows.measured("", "gc.seconds", lower, meters.collectedSeconds(), 1, "s");
    rows.measured("", "jit.seconds", lower, meters.compiledSeconds(), 1, "s");
  }

  private RunRecord record(RunStatus status, String reason) throws IOException {
    RunRecord record =
        Records.of(
            cell,
            workplace.experiment(),
            status,
            reason,
            new RunRecord.Progress(
                progress.step(), progress.examples(), progress.seconds(), (int) progress.resumed()),
            status == RunStatus.DONE ? rows.all() : List.of(),
            hashes,
            provenance);
    RunRecord whole = record.withFlags(status == RunStatus.DONE ? flags : List.of());
    folder.write(whole);
    return whole;
  }

  private void log(Throwable failure) throws IOException {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    AtomicFiles.write(folder.log(), trace.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    String line = message == null ? name : name + ": " + message;
    return line.lines().findFirst().orElse(name);
  }
}
