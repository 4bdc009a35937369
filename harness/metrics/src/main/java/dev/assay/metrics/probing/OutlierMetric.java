package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.classification.Roc;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Trained;
import java.util.ArrayList;
import java.util.List;

/**
 * The chance that an example of another dataset is less likely than a held-out one. It keeps its
 * sign: below ½ the model finds the other data likelier than its own (Nalisnick et al. 2019).
 */
@AutoService(Metric.class)
public final class OutlierMetric extends ProbingMetric {
  private static final int HASH = 12;

  public OutlierMetric() {
    super(
        "outlier-auroc",
        new Info(
            "Outliers told by their likelihood, area under the curve",
            "1",
            Direction.HIGHER,
            0,
            1,
            0,
            "Nalisnick et al. 2019, Do deep generative models know what they don't know?"));
  }

  @Override
  List<MetricValue> values(Evaluation evaluation, Trained trained) {
    List<MetricValue> values = new ArrayList<>();
    if (evaluation.outliers().isEmpty()
        || evaluation.test().count() < LEAST
        || evaluation.likelihoods().isEmpty()) {
      return values;
    }
    Evaluation.Likelihood held = evaluation.likelihoods().getFirst();
    double[] own = at(held.nats(), spread(held.nats().length));
    for (Evaluation.Outliers outliers : evaluation.outliers()) {
      if (outliers.examples().count() >= LEAST) {
        int[] chosen = spread(outliers.examples().count());
        String part = "outliers:" + outliers.dataset();
        trained
            .score(outliers.examples().select(chosen), part)
            .ifPresent(scored -> {
              Statistics.Mean mean =
                  Detection.of(
                      scored.nats(), own, Roc::area, evaluation.random().child(outliers.dataset()));
              String settings =
                  "n:%d|held:%d|%s@%s|method:%s"
                      .formatted(
                          chosen.length,
                          own.length,
                          part,
                          outliers.hash().substring(0, HASH),
                          held.method().id());
              values.add(value(held.method().kindAndMeasure(), mean, chosen.length, settings));
            });
      }
    }
    return values;
  }
}
