package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.retrieval.Ranking;
import dev.assay.spi.Metric;

/** Share of examples whose right condition is among the five likeliest. */
@AutoService(Metric.class)
public final class RetrievalRecallMetric extends RetrievalMetric {
  private static final int AMONG = 5;

  public RetrievalRecallMetric() {
    super(
        "retrieval-recall-5",
        new Info(
            "Right condition among the five likeliest",
            "1",
            Direction.HIGHER,
            0,
            1,
            0,
            "Share of examples whose condition is among the 5 that make them likeliest"));
  }

  @Override
  double number(Ranking ranking) {
    return ranking.recall(AMONG);
  }
}
