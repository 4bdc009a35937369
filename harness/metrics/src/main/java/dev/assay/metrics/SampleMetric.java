package dev.assay.metrics;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * A metric of samples against held-out data, both as {@link Points}. Sets larger than {@link #MOST}
 * are thinned at random; where there are fewer samples, training or held-out points than {@link
 * Info#minimumSamples}, there is no value.
 */
public abstract class SampleMetric implements Metric {
  /** Points of each set at most, as the cost grows with their product. */
  static final int MOST = 2000;

  private final String id;
  private final Info info;

  protected SampleMetric(String id, Info info) {
    this.id = id;
    this.info = info;
  }

  /** Samples, training data and held-out data, scaled alike. */
  public record Sets(Points samples, Points train, Points held) {}

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

  /** The data it has a meaning for: tables and images. */
  protected boolean covers(Modality x) {
    return x instanceof Modality.Tabular || x instanceof Modality.Image;
  }

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Dense samples)
        || samples.count() < info.minimumSamples()
        || evaluation.train().count() < info.minimumSamples()
        || evaluation.test().count() < info.minimumSamples()) {
      return List.of();
    }
    Values.Dense train = evaluation.train().dense();
    Values.Dense held = evaluation.test().dense();
    Points.Scaling scaling = Points.Scaling.fit(evaluation.spec(), train);
    RandomStream random = evaluation.random();
    Sets sets =
        compared(
            new Sets(
                scaling.apply(shuffled(samples, random.child("samples"))),
                scaling.apply(shuffled(train, random.child("train"))),
                scaling.apply(shuffled(held, random.child("held")))));
    Statistics.Mean value = value(sets, random);
    if (Double.isNaN(value.value())) {
      return List.of();
    }
    String signature =
        "v1|n:%d|held:%d|scale:%s%s"
            .formatted(sets.samples.rows(), sets.held.rows(), scaling.signature(), settings());
    return List.of(
        new MetricValue(
            id,
            "sample",
            info.direction(),
            value.value(),
            value.low(),
            value.high(),
            sets.samples.rows(),
            info.unit(),
            signature));
  }

  /** What is compared: all of the sets, or the first points of some, their order being random. */
  protected Sets compared(Sets sets) {
    return sets;
  }

  /** The number, with an interval where there is one; NaN where these sets have none. */
  protected abstract Statistics.Mean value(Sets sets, RandomStream random);

  /** Further parts of the signature, each led by {@code |}. */
  protected String settings() {
    return "";
  }

  /** In a random order, so that any first points are a fair choice; {@link #MOST} at most. */
  private static Values.Dense shuffled(Values.Dense values, RandomStream random) {
    int[] order = random.permutation(values.count());
    return values.select(Arrays.copyOf(order, Math.min(MOST, order.length)));
  }
}
