package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;

/** Negative log-likelihood of held-out examples. */
@AutoService(Metric.class)
public final class NllMetric extends LikelihoodMetric {
  public NllMetric() {
    super(
        "nll",
        new Info(
            "Negative log-likelihood",
            "nats/example",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0,
            "mean of −ln p(x) over the test examples"));
  }

  @Override
  boolean covers(Modality x) {
    return !(x instanceof Modality.Text(Modality.Text.Form form))
        || form == Modality.Text.Form.DOCUMENTS;
  }

  @Override
  double[] units(Evaluation evaluation) {
    return ones(evaluation.test().count());
  }
}
