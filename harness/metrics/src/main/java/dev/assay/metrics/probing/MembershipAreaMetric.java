package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.classification.Roc;
import dev.assay.spi.Metric;

/** The chance that a training example is likelier than a held-out one; ½ gives nothing away. */
@AutoService(Metric.class)
public final class MembershipAreaMetric extends Membership {
  public MembershipAreaMetric() {
    super(
        "membership-auc",
        new Info(
            "Membership inference, area under the curve",
            "1",
            Direction.LOWER,
            0,
            1,
            0,
            "Yeom et al. 2018, attack by a threshold on the loss"),
        LEAST,
        Roc::area,
        "");
  }
}
