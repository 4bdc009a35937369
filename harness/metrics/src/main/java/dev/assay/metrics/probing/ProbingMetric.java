package dev.assay.metrics.probing;

import dev.assay.metrics.Statistics;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Trained;
import java.util.List;

/** A metric that asks the trained model; no value where there is none, or it has no answer. */
abstract class ProbingMetric implements Metric {
  /** Examples of each set at most, as answers may be costly. */
  static final int MOST = 1000;

  /** Examples of each set at least. */
  static final int LEAST = 20;

  private final String id;
  private final Info info;

  ProbingMetric(String id, Info info) {
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
    return spec instanceof DataSpec.Conditional conditional && covers(conditional)
        ? Fit.raw()
        : Fit.no(info.name() + " has no meaning for such data");
  }

  /** The data it has a meaning for: any, unless said otherwise. */
  boolean covers(DataSpec.Conditional spec) {
    return !(spec.x() instanceof Modality.Nothing);
  }

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    return evaluation.trained().isEmpty()
        ? List.of()
        : values(evaluation, evaluation.trained().get());
  }

  abstract List<MetricValue> values(Evaluation evaluation, Trained trained);

  /**
   * A value.
   *
   * @param settings further parts of the signature
   */
  final MetricValue value(String kind, Statistics.Mean mean, int n, String settings) {
    return new MetricValue(
        id,
        kind,
        info.direction(),
        mean.value(),
        mean.low(),
        mean.high(),
        n,
        info.unit(),
        "v1|" + settings);
  }

  /** Up to {@link #MOST} of so many places, spread evenly, the same in every run. */
  static int[] spread(int count) {
    return spread(count, MOST);
  }

  /** Up to {@code most} of so many places, spread evenly, the same in every run. */
  static int[] spread(int count, int most) {
    int chosen = Math.min(most, count);
    int[] places = new int[chosen];
    for (int i = 0; i < chosen; i++) {
      places[i] = (int) ((long) i * count / chosen);
    }
    return places;
  }

  /** The numbers at some places. */
  static double[] at(double[] values, int[] places) {
    double[] chosen = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = values[places[i]];
    }
    return chosen;
  }
}
