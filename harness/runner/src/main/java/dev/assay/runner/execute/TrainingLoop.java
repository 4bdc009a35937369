package dev.assay.runner.execute;

import com.sun.management.ThreadMXBean;
import dev.assay.runner.DivergedException;
import dev.assay.runner.execute.Curves.Point;
import dev.assay.runner.execute.TrainingProgress.StopReason;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Every;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.StepReport;
import dev.assay.store.AtomicFiles;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunFolder;
import dev.assay.store.SafeTensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Updates a model until its budget is spent. Only the updates themselves count as training time.
 */
final class TrainingLoop {
  private static final long VIEW_NANOS = 50_000_000;
  private static final double NANOS = 1e9;

  /** Updates after which some are taken to run compiled. */
  private static final int COMPILED = 300;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Cell cell;
  private final RunFolder folder;
  private final GenerativeModel<?> model;
  private final ResumableSource source;
  private final CountingBackend backend;
  private final Optional<Validation> validation;
  private final TrainingProgress progress;
  private final StopRule rule;
  private final Curves curves;
  private final Events events;
  private final Cancellation cancellation;
  private final Supplier<OptionalDouble> joules;
  private final Consumer<TrainingView> watcher;
  private final DeviceTime device;
  private final LatestUpdates times = new LatestUpdates();
  private final LatestUpdates allocations = new LatestUpdates();

  private long viewed = System.nanoTime();
  private long viewedExamples;
  private double viewedSeconds;
  private double viewedLoss;
  private long viewedSteps;
  private long saved = -1;

  TrainingLoop(
      Cell cell,
      RunFolder folder,
      TrainedModel<?> trained,
      Optional<Validation> validation,
      TrainingProgress progress,
      Curves curves,
      Events events,
      Cancellation cancellation,
      Supplier<OptionalDouble> joules,
      Consumer<TrainingView> watcher) {
    this.cell = cell;
    this.folder = folder;
    this.model = trained.model();
    this.source = trained.source();
    this.backend = trained.backend();
    this.device = new DeviceTime(backend);
    this.validation = validation;
    this.progress = progress;
    this.rule = new StopRule(cell.budget(), source.size());
    this.curves = curves;
    this.events = events;
    this.cancellation = cancellation;
    this.joules = joules;
    this.watcher = watcher;
    viewedExamples = progress.examples();
    viewedSeconds = progress.seconds();
  }

  /**
   * Trains to the end and leaves a checkpoint there.
   *
   * @throws DivergedException at the first loss that is no number
   * @throws CancelledException after a checkpoint, if a stop was asked for
   */
  void run() throws IOException {
    if (progress.stop() != StopReason.NONE) {
      return;
    }
    long now = System.nanoTime();
    Cadence checkpoints =
        new Cadence(cell.checkpoint().every(), progress.examples(), source.size(), now);
    Optional<Cadence> evaluations =
        evaluationInterval()
            .map(every -> new Cadence(every, progress.examples(), source.size(), now));
    boolean evaluated = false;
    device.begin();
    while (rule.reached(progress) == StopReason.NONE) {
      if (cancellation.isRequested()) {
        save();
        throw new CancelledException();
      }
      update();
      evaluated = evaluations.isPresent() && evaluations.get().isDue(progress, System.nanoTime());
      if (evaluated) {
        device.end();
        evaluate();
        device.begin();
      }
      if (checkpoints.isDue(progress, System.nanoTime())
          && rule.reached(progress) == StopReason.NONE) {
        save();
      }
    }
    device.end();
    progress.stop(rule.reached(progress));
    if (!evaluated) {
      evaluate();
    }
    restoreBest();
    save();
    events.add(
        "train.end",
        "step",
        progress.step(),
        "seconds",
        progress.seconds(),
        "because",
        progress.stop());
  }

  /**
   * Heap in bytes that this thread allocated in the update that took least: what the code needs
   * once it is compiled. Empty after few updates.
   */
  OptionalDouble allocatedBytes() {
    return allocations.least(COMPILED);
  }

  /** The device's own time for the updates; empty where it has no clock. */
  OptionalDouble deviceSeconds() {
    return device.seconds();
  }

  private void update() throws IOException {
    double before = progress.lastLoss();
    double flops = backend.flops();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    StepReport report = model.train(source);
    long end = System.nanoTime();
    allocations.add((double) (THREADS.getCurrentThreadAllocatedBytes() - allocated));
    double seconds = (end - start) / NANOS;
    if (!Double.isFinite(report.loss())) {
      throw new DivergedException(
          "the loss is "
              + report.loss()
              + " at update "
              + (progress.step() + 1)
              + (Double.isNaN(before) ? ", the first" : "; the last finite loss was " + before));
    }
    progress.add(report, seconds, backend.flops() - flops);
    times.add(seconds);
    if (report.finished()) {
      progress.stop(StopReason.FINISHED);
    }
    if (Curves.shows(progress.step()) || progress.stop() != StopReason.NONE) {
      for (Map.Entry<String, Double> mean : progress.averages().take().entrySet()) {
        curves.add(point("train." + mean.getKey(), mean.getValue()));
      }
    }
    view(report.loss(), end);
  }

  private void view(double loss, long now) {
    viewedLoss += loss;
    viewedSteps++;
    if (now - viewed < VIEW_NANOS) {
      return;
    }
    OptionalDouble spent = rule.spent(progress);
    OptionalDouble left = OptionalDouble.empty();
    if (spent.isPresent() && spent.getAsDouble() > 0) {
      left =
          OptionalDouble.of(progress.seconds() * (1 - spent.getAsDouble()) / spent.getAsDouble());
    }
    watcher.accept(
        new TrainingView(
            progress.step(),
            rule.steps(progress),
            progress.examples() / (double) Math.max(1, source.size()),
            viewedLoss / viewedSteps,
            (progress.examples() - viewedExamples)
                / Math.max(1e-9, progress.seconds() - viewedSeconds),
            left));
    viewed = now;
    viewedExamples = progress.examples();
    viewedSeconds = progress.seconds();
    viewedLoss = 0;
    viewedSteps = 0;
  }

  private Optional<Every.Counted> evaluationInterval() {
    if (cell.evaluate().every().isPresent()) {
      return cell.evaluate().every();
    }
    return cell.budget().patience().isPresent() || cell.evaluate().target().isPresent()
        ? Optional.of(new Every.Epochs(1))
        : Optional.empty();
  }

  private void evaluate() throws IOException {
    if (validation.isEmpty()) {
      return;
    }
    double score = validation.get().score();
    progress.evaluated(score);
    curves.add(point("valid." + validation.get().method(), score));
    OptionalDouble spent = joules.get();
    if (spent.isPresent()) {
      curves.add(point(TimeToQuality.JOULES, spent.getAsDouble()));
    }
    events.add("evaluate", "step", progress.step(), "score", Double.toString(score));
    if (cell.budget().patience().isPresent() && progress.patience().waited() == 0) {
      TensorState best = new TensorState();
      model.save(best);
      AtomicFiles.createFolders(folder.checkpoints());
      SafeTensors.write(bestFile(), new NamedArrays(best.arrays(), Map.of()));
    }
  }

  private void restoreBest() throws IOException {
    boolean older = progress.patience().best().step() < progress.step();
    if (cell.budget().patience().isPresent() && progress.patience().best().step() > 0 && older) {
      model.restore(new TensorState(SafeTensors.read(bestFile())));
      events.add("restore.best", "step", progress.patience().best().step());
    }
  }

  private Path bestFile() {
    return folder.checkpoints().resolve("best.safetensors");
  }

  private void save() throws IOException {
    if (saved == progress.step() && progress.stop() == StopReason.NONE) {
      return;
    }
    times.median().ifPresent(progress::medianStep);
    Checkpoint.of(model, source, progress).write(folder, progress.step());
    saved = progress.step();
    events.add("checkpoint", "step", progress.step());
  }

  private Point point(String name, double value) {
    return new Point(progress.step(), progress.examples(), progress.seconds(), name, value);
  }
}
