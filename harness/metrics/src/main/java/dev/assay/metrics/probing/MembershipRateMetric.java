package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;

/** Share of training examples that are found while 1 % of held-out ones are taken for such. */
@AutoService(Metric.class)
public final class MembershipRateMetric extends Membership {
  private static final double FALSE_POSITIVES = 0.01;
  private static final int AT_LEAST = 100;

  public MembershipRateMetric() {
    super(
        "membership-tpr",
        new Info(
            "Membership inference, found at 1 % false positives",
            "1",
            Direction.LOWER,
            0,
            1,
            0,
            "Carlini et al. 2022, Membership inference attacks from first principles, §3"),
        AT_LEAST,
        curve -> curve.truePositivesAt(FALSE_POSITIVES),
        "|fpr:0.01");
  }
}
