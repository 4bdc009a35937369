package dev.assay.metrics.probing;

import dev.assay.metrics.Statistics;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.List;

/** How near held-out images come to themselves when they are encoded and decoded. */
abstract class Reconstruction extends ProbingMetric {
  Reconstruction(String id, Info info) {
    super(id, info);
  }

  @Override
  boolean covers(DataSpec.Conditional spec) {
    return spec.x() instanceof Modality.Image;
  }

  @Override
  final List<MetricValue> values(Evaluation evaluation, Trained trained) {
    if (evaluation.test().count() < LEAST
        || !(evaluation.spec().x() instanceof Modality.Image form)) {
      return List.of();
    }
    Batch held = evaluation.test().select(spread(evaluation.test().count()));
    return trained
        .reconstructions(held, "test")
        .map(decoded -> {
          double[][] items = new double[held.count()][];
          for (int i = 0; i < items.length; i++) {
            items[i] = counts(held.dense(), (Values.Dense) decoded, i, form);
          }
          Statistics.Mean mean =
              Statistics.bootstrapSums(items, this::number, evaluation.random().child("bootstrap"));
          return Double.isFinite(mean.value())
              ? List.of(value("sample", mean, items.length, "n:" + items.length + settings(form)))
              : List.<MetricValue>of();
        })
        .orElse(List.of());
  }

  /** What image {@code i} adds to the sums. */
  abstract double[] counts(Values.Dense held, Values.Dense decoded, int i, Modality.Image form);

  /** The value of the sums. */
  abstract double number(double[] sums);

  /** Further parts of the signature, each led by {@code |}. */
  abstract String settings(Modality.Image form);
}
