package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.spi.Evaluation;
import dev.assay.spi.FeatureSpace;
import dev.assay.spi.Guard;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import dev.assay.store.Flag;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Computes metrics into rows, and what guards object to into flags. */
final class Measuring {
  private final Cell cell;
  private final PreparedData data;
  private final Workplace workplace;
  private final Rows rows;
  private final List<Flag> flags = new ArrayList<>();

  /**
   * @param cell whose data it is, and who is told of what takes long
   */
  Measuring(Cell cell, PreparedData data, Workplace workplace, Rows rows) {
    this.cell = cell;
    this.data = data;
    this.workplace = workplace;
    this.rows = rows;
  }

  /**
   * What there is of a model beside its samples.
   *
   * @param scores as in {@link Evaluation}
   */
  record Inspected(
      Supplier<List<Evaluation.Likelihood>> scores,
      Trained trained,
      List<Evaluation.Outliers> outliers) {}

  /**
   * Computes the metrics.
   *
   * @param sampler label of what drew the samples
   * @param drawn empty where there are no samples
   * @param inspected empty where there is no model, or its samples are measured
   * @param random the stream of a metric, by its id
   */
  void run(
      String sampler,
      Optional<Sampling.Drawn> drawn,
      Optional<Inspected> inspected,
      List<Metric> metrics,
      Function<String, RandomStream> random) {
    Optional<Values> samples = drawn.map(Sampling.Drawn::values);
    Values conditions = drawn.map(Sampling.Drawn::condition).orElse(new Values.Nothing(0));
    Optional<FeatureSpace> features = samples.flatMap(this::features);
    for (Metric metric : metrics) {
      workplace.cancellation().check();
      Evaluation evaluation =
          new Evaluation(
              data.spec(),
              samples,
              conditions,
              data.train(),
              data.test(),
              inspected.map(Inspected::scores).orElse(List::of),
              inspected.map(Inspected::trained),
              inspected.map(Inspected::outliers).orElse(List.of()),
              features,
              data.density(),
              data.factors(),
              data.canaries(),
              random.apply(metric.id()));
      for (MetricValue value : metric.compute(evaluation)) {
        add(sampler, metric, value);
      }
    }
  }

  private void add(String sampler, Metric metric, MetricValue value) {
    if (!Double.isFinite(value.value())) {
      workplace.observer().note(cell, value.metric() + " is left out: it is " + value.value());
      return;
    }
    rows.add(sampler, value, data.signature());
    if (metric instanceof Guard guard) {
      guard.objection(value).ifPresent(reason -> flags.add(new Flag(sampler, metric.id(), reason)));
    }
  }

  private Optional<FeatureSpace> features(Values samples) {
    return samples instanceof Values.Dense dense
        ? workplace
            .data()
            .features(cell.data(), data, line -> workplace.observer().note(cell, line))
            .map(dataset -> dataset.with(dense))
        : Optional.empty();
  }

  /** What was objected to so far. */
  List<Flag> flags() {
    return List.copyOf(flags);
  }
}
