package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.retrieval.AnswerOverlap;
import dev.assay.spi.Metric;
import java.util.List;

/**
 * F1 of the words of a text with those of the reference that suits it best, in any order, without
 * case, punctuation and articles; mean over sources.
 */
@AutoService(Metric.class)
public final class AnswerOverlapMetric extends PairMetric {
  public AnswerOverlapMetric() {
    super(
        "answer-f1",
        "Overlap of answers",
        "1",
        Direction.HIGHER,
        1,
        "Rajpurkar et al. 2016, SQuAD, §6.1",
        References.ALL);
  }

  @Override
  double[] counts(String text, List<String> known) {
    return new double[] {AnswerOverlap.f1(text, known), 1};
  }

  @Override
  double score(double[] sums) {
    return ratio(sums);
  }

  @Override
  String settings() {
    return "norm:squad|refs:all";
  }
}
