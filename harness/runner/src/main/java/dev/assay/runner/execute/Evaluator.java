package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedModel;
import dev.assay.runner.task.Classifiers;
import dev.assay.runner.task.PlannedTask;
import dev.assay.runner.task.Subject;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Scorer;
import dev.assay.store.Flag;
import dev.assay.store.RunFolder;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Samples, scores and measures a trained model, and puts it to tasks. */
final class Evaluator<S extends Record> {
  private final Cell cell;
  private final PlannedModel<?, S> planned;
  private final TrainedModel<S> trained;
  private final RunFolder folder;
  private final Workplace workplace;
  private final Events events;
  private final Rows rows;
  private final Map<String, String> hashes;
  private final Measuring measuring;

  Evaluator(
      Cell cell,
      PlannedModel<?, S> planned,
      TrainedModel<S> trained,
      RunFolder folder,
      Workplace workplace,
      Events events,
      Rows rows,
      Map<String, String> hashes) {
    this.cell = cell;
    this.planned = planned;
    this.trained = trained;
    this.folder = folder;
    this.workplace = workplace;
    this.events = events;
    this.rows = rows;
    this.hashes = hashes;
    measuring = new Measuring(cell, trained.data(), workplace, rows);
  }

  /** Fills rows and hashes; writes scores, samples and pictures. */
  void run() throws IOException {
    phase(RunObserver.Phase.MEASURING);
    inspect();
    tasks();
    List<Metric> ofSamples =
        cell.metrics().stream().filter(metric -> !rows.has(metric.id())).toList();
    if (cell.score().samples() == 0) {
      return;
    }
    for (int i = 0; i < planned.samplers().size(); i++) {
      PlannedModel.Sampler<S> sampler = planned.samplers().get(i);
      phase(RunObserver.Phase.SAMPLING);
      Sampling.Drawn drawn =
          sample(sampler, planned.samplers().size() == 1 ? "samples" : "samples-" + (i + 1));
      phase(RunObserver.Phase.MEASURING);
      measure(sampler.label(), Optional.of(drawn), Optional.empty(), ofSamples);
    }
  }

  private void phase(RunObserver.Phase phase) {
    workplace.cancellation().check();
    workplace.observer().phase(cell, phase);
  }

  private void computed(int done, int of) {
    workplace.observer().computed(cell, done, of);
  }

  private Optional<Scoring> scoring() {
    return trained.model() instanceof Scorer scorer
        ? Optional.of(
            new Scoring(
                scorer,
                trained.encoded(),
                stream("score"),
                workplace.cancellation(),
                this::computed))
        : Optional.empty();
  }

  /** Measures what needs no samples; scores are written if a metric asked for them. */
  private void inspect() throws IOException {
    Optional<Scoring> scoring = scoring();
    TestScores scores =
        new TestScores(trained, scoring, cell.score().importanceSamples(), this::phase);
    Answers answers = new Answers(trained, scoring, cell.score(), workplace.cancellation());
    List<Evaluation.Outliers> outliers =
        scoring.isEmpty() ? List.of() : Outsiders.of(cell, trained.data(), workplace);
    measure(
        "",
        Optional.empty(),
        Optional.of(new Measuring.Inspected(scores, answers, outliers)),
        cell.metrics());
    scores.write(folder).ifPresent(hash -> hashes.put("scores", hash));
  }

  /** By the first sampler. */
  private void tasks() throws IOException {
    TaskRunner runner = new TaskRunner(folder, rows, events);
    Classifiers classifiers =
        new ClassifierTrials(trained.data(), workplace.registry(), workplace.cancellation());
    PlannedModel.Sampler<S> sampler = planned.samplers().getFirst();
    for (PlannedTask<?> task : cell.tasks()) {
      workplace.cancellation().check();
      Subject<S> subject =
          new Subject<>(
              trained.model(),
              sampler.config(),
              trained.data(),
              trained.encoded(),
              cell.score().importanceSamples(),
              classifiers,
              stream("task:" + task.name()));
      String reason = runner.run(task, subject, sampler.label());
      if (!reason.isEmpty()) {
        workplace.observer().note(cell, task.name() + " is not done: " + reason);
      }
    }
  }

  private Sampling.Drawn sample(PlannedModel.Sampler<S> sampler, String stem) throws IOException {
    PreparedData data = trained.data();
    DeviceTime device = new DeviceTime(trained.backend());
    device.begin();
    Sampling.Drawn drawn =
        Sampling.draw(
            trained.model(),
            sampler.config(),
            trained.encoded(),
            data.test(),
            cell.score().samples(),
            stream("sample"),
            workplace.cancellation(),
            count -> computed(count, cell.score().samples()));
    device.end();
    hashes.put("samples/" + stem, drawn.hash());
    SampleFiles.write(folder.samples(), stem, drawn, data);
    int n = drawn.values().count();
    rows.measured(
        sampler.label(), "sample.seconds", Metric.Direction.LOWER, drawn.seconds(), n, "s");
    rows.measured(
        sampler.label(),
        "sample.examples_per_second",
        Metric.Direction.HIGHER,
        n / drawn.seconds(),
        n,
        "1/s");
    device
        .seconds()
        .ifPresent(seconds ->
            rows.measured(
                sampler.label(), "sample.device_seconds", Metric.Direction.LOWER, seconds, n, "s"));
    return drawn;
  }

  private void measure(
      String sampler,
      Optional<Sampling.Drawn> drawn,
      Optional<Measuring.Inspected> inspected,
      List<Metric> metrics) {
    measuring.run(sampler, drawn, inspected, metrics, id -> stream("metric:" + id));
  }

  /** What guards object to. */
  List<Flag> flags() {
    return measuring.flags();
  }

  /** Sampling and scoring have a seed of their own beside the training seed. */
  private RandomStream stream(String name) {
    return stream(trained.random(), name, cell.score().seed());
  }

  static RandomStream stream(RandomStream root, String name, long seed) {
    return root.child(name).child(seed);
  }
}
