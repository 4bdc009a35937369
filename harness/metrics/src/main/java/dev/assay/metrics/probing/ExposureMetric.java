package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.privacy.Exposure;
import dev.assay.spi.Canaries;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Trained;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much likelier planted canaries are than others of the same making, in bits, mean over
 * canaries. Of a model that never saw them it is log₂ e on average: of a uniform rank among many,
 * −log₂ of a uniform number.
 */
@AutoService(Metric.class)
public final class ExposureMetric extends ProbingMetric {
  public ExposureMetric() {
    super(
        "exposure",
        new Info(
            "Exposure of canaries",
            "bits",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            0,
            "Carlini et al. 2019, The secret sharer, §4.2 and §4.3"));
  }

  @Override
  List<MetricValue> values(Evaluation evaluation, Trained trained) {
    if (evaluation.canaries().isEmpty()) {
      return List.of();
    }
    Canaries canaries = evaluation.canaries().get();
    Optional<Evaluation.Likelihood> planted = trained.score(canaries.planted(), "canaries");
    Optional<Evaluation.Likelihood> others = trained.score(canaries.others(), "others");
    if (planted.isEmpty() || others.isEmpty()) {
      return List.of();
    }
    double[] bits =
        Arrays.stream(planted.get().nats())
            .map(nats -> Exposure.of(nats, others.get().nats()))
            .toArray();
    return List.of(
        value(
            planted.get().method().kindAndMeasure(),
            Statistics.bootstrapMean(bits, evaluation.random().child("bootstrap")),
            bits.length,
            "n:%d|others:%d|copies:%d|method:%s"
                .formatted(
                    bits.length,
                    others.get().nats().length,
                    canaries.copies(),
                    planted.get().method().id())));
  }
}
