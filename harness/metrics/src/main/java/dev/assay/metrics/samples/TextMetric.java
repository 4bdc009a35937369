package dev.assay.metrics.samples;

import dev.assay.metrics.Statistics;
import dev.assay.metrics.text.Tokens;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.List;

/**
 * A metric of sampled texts, the first {@link #MOST} of them; as good as any, as samples are
 * independent.
 */
abstract class TextMetric implements Metric {
  private static final int MOST = 2000;

  private final String id;
  private final Info info;

  TextMetric(String id, Info info) {
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
    return spec instanceof DataSpec.Conditional(Modality.Text _, Modality _)
        ? Fit.raw()
        : Fit.no(info.name() + " needs texts");
  }

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Texts samples)
        || samples.count() < info.minimumSamples()) {
      return List.of();
    }
    List<String> texts = samples.texts().subList(0, Math.min(MOST, samples.count()));
    Statistics.Mean value = value(texts, evaluation.test().texts().texts());
    if (Double.isNaN(value.value())) {
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
            texts.size(),
            info.unit(),
            "v1|n:" + texts.size() + settings()));
  }

  /** The number; NaN where the texts are too short to have one. */
  abstract Statistics.Mean value(List<String> samples, List<String> held);

  /** Further parts of the signature, each led by {@code |}. */
  abstract String settings();

  static List<List<String>> characters(List<String> texts) {
    return texts.stream().map(Tokens::characters).toList();
  }
}
