package dev.assay.metrics;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A metric of the held-out scores: Σ −ln p over Σ of some unit, one value per way of scoring. No
 * value where there are no units, as in a test text without a character. All ways of scoring share
 * the resamples of their intervals.
 */
abstract class LikelihoodMetric implements Metric {
  private final String id;
  private final Info info;

  LikelihoodMetric(String id, Info info) {
    this.id = id;
    this.info = info;
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

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    List<MetricValue> values = new ArrayList<>();
    if (evaluation.likelihoods().isEmpty()) {
      return values;
    }
    double[] units = units(evaluation);
    if (Arrays.stream(units).sum() == 0) {
      return values;
    }
    for (Evaluation.Likelihood likelihood : evaluation.likelihoods()) {
      double[] nats = likelihood.nats();
      Statistics.Mean mean =
          Statistics.bootstrapRatio(nats, units, evaluation.random().child("bootstrap"));
      values.add(
          new MetricValue(
              id,
              likelihood.method().kindAndMeasure(),
              info.direction(),
              convert(mean.value(), evaluation),
              convert(mean.low(), evaluation),
              convert(mean.high(), evaluation),
              nats.length,
              info.unit(),
              signature(likelihood.method())));
    }
    return values;
  }

  private static String signature(ScoreMethod method) {
    return "v1|method:" + method.id() + (method.samples() > 0 ? "|k:" + method.samples() : "");
  }

  abstract boolean covers(Modality x);

  /** What the nats of each test example are divided by. */
  abstract double[] units(Evaluation evaluation);

  /** A value in nats per unit in the metric's own scale. */
  double convert(double nats, Evaluation evaluation) {
    return nats;
  }

  static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
