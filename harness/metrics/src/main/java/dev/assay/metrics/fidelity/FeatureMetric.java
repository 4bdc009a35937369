package dev.assay.metrics.fidelity;

import dev.assay.metrics.Points;
import dev.assay.metrics.Statistics;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.FeatureSpace;
import dev.assay.spi.Features;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A metric of samples against held-out data in the space where distances stand for content: the
 * features of a frozen network for images, standardised columns for tables. No value where there
 * are fewer samples than {@link Info#minimumSamples}, or no features.
 */
abstract class FeatureMetric implements Metric {
  /** Points of each set at most. */
  static final int MOST = 10_000;

  /** Held-out points that are enough, whatever the metric wants of samples. */
  private static final int HELD = 256;

  private final String id;
  private final Info info;

  FeatureMetric(String id, Info info) {
    this.id = id;
    this.info = info;
  }

  /** Samples and held-out data, in random order. */
  record Sets(Points samples, Points held) {
    /** Equally many of both. */
    Sets balanced() {
      int count = Math.min(samples.rows(), held.rows());
      return new Sets(samples.first(count), held.first(count));
    }
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Info info() {
    return info;
  }

  @Override
  public final Fit fits(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality x, Modality _) && covers(x)
        ? Fit.raw()
        : Fit.no(info.name() + " has no meaning for such data");
  }

  /** Images and tables, unless said otherwise. */
  boolean covers(Modality x) {
    return x instanceof Modality.Image || x instanceof Modality.Tabular;
  }

  /** Which of a network's outputs is looked at; none where the network has it not. */
  Optional<Values.Dense> view(Features features) {
    return Optional.of(features.pooled());
  }

  /** What is compared: all of the sets, or the first points of some, their order being random. */
  Sets compared(Sets sets) {
    return sets;
  }

  /** The number, with an interval where there is one; not finite where these sets have none. */
  abstract Statistics.Mean value(Sets sets, RandomStream random);

  /** Further parts of the signature, each led by {@code |}. */
  String settings() {
    return "";
  }

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Dense samples)
        || samples.count() < info.minimumSamples()
        || evaluation.test().count() < Math.min(info.minimumSamples(), HELD)) {
      return List.of();
    }
    return evaluation.spec().x() instanceof Modality.Image
        ? ofImages(evaluation)
        : ofTable(evaluation, samples);
  }

  private List<MetricValue> ofImages(Evaluation evaluation) {
    Optional<FeatureSpace> space = evaluation.features();
    Optional<Values.Dense> samples = space.flatMap(s -> view(s.samples()));
    Optional<Values.Dense> held = space.flatMap(s -> view(s.test()));
    if (samples.isEmpty() || held.isEmpty()) {
      return List.of();
    }
    return measured(
        samples.get(),
        held.get(),
        Points.Scaling.none(held.get().width()),
        "features:" + space.get().signature(),
        evaluation.random());
  }

  private List<MetricValue> ofTable(Evaluation evaluation, Values.Dense samples) {
    Points.Scaling scaling = Points.Scaling.fit(evaluation.spec(), evaluation.train().dense());
    return measured(
        samples,
        evaluation.test().dense(),
        scaling,
        "scale:" + scaling.signature(),
        evaluation.random());
  }

  private List<MetricValue> measured(
      Values.Dense samples,
      Values.Dense held,
      Points.Scaling scaling,
      String space,
      RandomStream random) {
    Sets sets =
        compared(
            new Sets(
                scaling.apply(shuffled(samples, random.child("samples"))),
                scaling.apply(shuffled(held, random.child("held")))));
    Statistics.Mean value = value(sets, random);
    if (!Double.isFinite(value.value())) {
      return List.of();
    }
    return List.of(
        new MetricValue(
            id,
            "sample",
            info.direction(),
            value.value(),
            value.low(),
            value.high(),
            sets.samples().rows(),
            info.unit(),
            "v1|n:%d|held:%d|%s%s"
                .formatted(sets.samples().rows(), sets.held().rows(), space, settings())));
  }

  private static Values.Dense shuffled(Values.Dense values, RandomStream random) {
    int[] order = random.permutation(values.count());
    return values.select(Arrays.copyOf(order, Math.min(MOST, order.length)));
  }
}
