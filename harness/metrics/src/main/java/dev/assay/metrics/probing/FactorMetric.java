package dev.assay.metrics.probing;

import dev.assay.spi.Dataset;
import dev.assay.spi.Evaluation;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.List;

/** How codes of test examples go with the factors of variation that the examples are made of. */
abstract class FactorMetric extends ProbingMetric {
  FactorMetric(String id, Info info) {
    super(id, info);
  }

  @Override
  final List<MetricValue> values(Evaluation evaluation, Trained trained) {
    int[] places = spread(evaluation.test().count());
    if (evaluation.factors().isEmpty() || places.length < Codes.AT_LEAST) {
      return List.of();
    }
    Dataset.Factors factors = evaluation.factors().get().select(places);
    if (!vary(factors)) {
      return List.of();
    }
    return trained
        .codes(evaluation.test().select(places), "test")
        .map(codes ->
            values(
                evaluation,
                codes,
                factors,
                "n:%d|factors:%s|".formatted(places.length, String.join("+", factors.names()))))
        .orElse(List.of());
  }

  private static boolean vary(Dataset.Factors factors) {
    for (int k = 0; k < factors.names().size(); k++) {
      int factor = k;
      if (Arrays.stream(factors.values()).mapToInt(row -> row[factor]).distinct().count() < 2) {
        return false;
      }
    }
    return true;
  }

  /**
   * The values.
   *
   * @param codes at least {@link Codes#AT_LEAST}
   * @param factors of the same examples, each of which varies
   * @param settings begins the signature
   */
  abstract List<MetricValue> values(
      Evaluation evaluation, Values.Dense codes, Dataset.Factors factors, String settings);
}
