package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Guard;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * (s − b) / (1 − b), where s is the share of samples whose nearest example, among all training and
 * all held-out ones, is a training one, and b the same share for training examples themselves, each
 * against all the others. 0 for a sampler as good as fresh data; 1 where every sample lies nearest
 * to training data.
 */
@AutoService(Metric.class)
public final class CopyingMetric implements Guard {
  /** Samples, and training examples for the baseline, at most. */
  private static final int MOST = 1000;

  private static final int MINIMUM = 20;

  /** A lower end of the interval above this is an objection. */
  static final double LIMIT = 0.5;

  /** Where nearly all training examples are nearest to each other, nothing can be told. */
  private static final double HIGHEST_BASELINE = 0.99;

  private static final Info INFO =
      new Info(
          "Share of samples that copy training data",
          "1",
          Direction.LOWER,
          Double.NEGATIVE_INFINITY,
          1,
          MINIMUM,
          "Nearest-neighbour copying test, corrected for the sizes of both splits");

  @Override
  public String id() {
    return "copying";
  }

  @Override
  public Info info() {
    return INFO;
  }

  @Override
  public Fit fits(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality x, Modality _)
            && (x instanceof Modality.Tabular || x instanceof Modality.Image)
        ? Fit.raw()
        : Fit.no(INFO.name() + " needs tables or images");
  }

  @Override
  public List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Dense samples)
        || samples.count() < MINIMUM
        || evaluation.train().count() < MINIMUM
        || evaluation.test().count() < MINIMUM) {
      return List.of();
    }
    Values.Dense raw = evaluation.train().dense();
    Points.Scaling scaling = Points.Scaling.fit(evaluation.spec(), raw);
    Points train = Copies.projected(scaling.apply(raw));
    Points held = Copies.projected(scaling.apply(evaluation.test().dense()));
    RandomStream random = evaluation.random();
    int[] chosen = first(random.child("train").permutation(train.rows()));
    double base = mean(Copies.nearestIsTrain(train.select(chosen), chosen, train, held));
    if (base > HIGHEST_BASELINE) {
      return List.of();
    }
    int[] drawn = first(random.child("samples").permutation(samples.count()));
    Points points = Copies.projected(scaling.apply(samples.select(drawn)));
    int[] none = new int[drawn.length];
    Arrays.fill(none, -1);
    Statistics.Mean share =
        Statistics.bootstrapMean(
            Copies.nearestIsTrain(points, none, train, held), random.child("bootstrap"));
    return List.of(
        new MetricValue(
            id(),
            "sample",
            INFO.direction(),
            beyond(share.value(), base),
            beyond(share.low(), base),
            beyond(share.high(), base),
            drawn.length,
            INFO.unit(),
            "v1|n:%d|held:%d|scale:%s".formatted(drawn.length, held.rows(), scaling.signature())));
  }

  @Override
  public Optional<String> objection(MetricValue value) {
    return value.low() > LIMIT
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "it copies training data: %.0f%% of its samples, at least %.0f%%, lie nearest to"
                    + " a training example beyond what chance brings",
                100 * value.value(),
                100 * value.low()))
        : Optional.empty();
  }

  private static double beyond(double share, double base) {
    return (share - base) / (1 - base);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static int[] first(int[] order) {
    return Arrays.copyOf(order, Math.min(MOST, order.length));
  }
}
