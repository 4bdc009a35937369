package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.retrieval.Ranking;
import dev.assay.spi.Metric;

/** One over the rank of the right condition, mean over examples. */
@AutoService(Metric.class)
public final class ReciprocalRankMetric extends RetrievalMetric {
  public ReciprocalRankMetric() {
    super(
        "retrieval-mrr",
        new Info(
            "Mean reciprocal rank of the right condition",
            "1",
            Direction.HIGHER,
            0,
            1,
            0,
            "Voorhees 1999, The TREC-8 question answering track report"));
  }

  @Override
  double number(Ranking ranking) {
    return ranking.reciprocalRank();
  }
}
