package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.latent.Disentanglement;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.List;

/**
 * Whether one number of the code knows the class: the gap of the two largest informations about it,
 * over its entropy. The class is the only factor of variation that the data name. Codes are cut
 * into {@link Codes#BINS} equally wide bins.
 */
@AutoService(Metric.class)
public final class ClassGapMetric extends ProbingMetric {
  public ClassGapMetric() {
    super(
        "class-mig",
        new Info(
            "Mutual information gap of the class",
            "1",
            Direction.HIGHER,
            0,
            1,
            0,
            "Chen et al. 2018, Isolating sources of disentanglement, eq. 6, of one factor"));
  }

  @Override
  boolean covers(DataSpec.Conditional spec) {
    return spec.condition() instanceof Modality.Label(int classes) && classes > 1;
  }

  @Override
  List<MetricValue> values(Evaluation evaluation, Trained trained) {
    Batch held = evaluation.test().select(spread(evaluation.test().count()));
    if (held.count() < Codes.AT_LEAST || !(held.condition() instanceof Values.Labels labels)) {
      return List.of();
    }
    int[][] classes =
        Arrays.stream(labels.labels()).mapToObj(k -> new int[] {k}).toArray(int[][]::new);
    return trained
        .codes(held, "test")
        .map(codes -> Disentanglement.mig(Codes.binned(codes), classes))
        .filter(Double::isFinite)
        .map(gap ->
            List.of(
                value(
                    "sample",
                    Statistics.Mean.withoutInterval(gap),
                    held.count(),
                    "n:%d|bins:%d".formatted(held.count(), Codes.BINS))))
        .orElse(List.of());
  }
}
