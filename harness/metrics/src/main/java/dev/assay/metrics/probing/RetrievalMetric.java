package dev.assay.metrics.probing;

import dev.assay.metrics.Statistics;
import dev.assay.metrics.retrieval.Ranking;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the source of a held-out text, or the picture of an image, among those of other held-out
 * examples: p(x | condition) of the same x ranks the conditions, so that its length tells nothing.
 */
abstract class RetrievalMetric extends ProbingMetric {
  /** Examples at most, as each is scored under the condition of each. */
  private static final int FEW = 50;

  RetrievalMetric(String id, Info info) {
    super(id, info);
  }

  @Override
  boolean covers(DataSpec.Conditional spec) {
    return switch (spec.condition()) {
      case Modality.Text _, Modality.Image _, Modality.Tabular _ -> true;
      case Modality.Label _, Modality.Audio _, Modality.Nothing _ -> false;
    };
  }

  @Override
  final List<MetricValue> values(Evaluation evaluation, Trained trained) {
    int[] places = distinct(evaluation.test().condition(), spread(evaluation.test().count(), FEW));
    if (places.length < LEAST
        || evaluation.likelihoods().isEmpty()
        || !evaluation.likelihoods().getFirst().method().isGivenCondition()) {
      return List.of();
    }
    Batch examples = evaluation.test().select(places);
    double[] numbers = new double[places.length];
    for (int i = 0; i < numbers.length; i++) {
      int[] again = new int[places.length];
      Arrays.fill(again, i);
      Optional<Evaluation.Likelihood> scored =
          trained.score(new Batch(examples.x().select(again), examples.condition()), "retrieval");
      if (scored.isEmpty()) {
        return List.of();
      }
      numbers[i] = number(ranked(scored.get().nats(), i));
    }
    Evaluation.Likelihood held = evaluation.likelihoods().getFirst();
    return List.of(
        value(
            held.method().kindAndMeasure(),
            Statistics.bootstrapMean(numbers, evaluation.random().child("bootstrap")),
            numbers.length,
            "n:%d|method:%s".formatted(numbers.length, held.method().id())));
  }

  /** The number of one list. */
  abstract double number(Ranking ranking);

  /** The places whose condition no earlier one has. */
  private static int[] distinct(Values conditions, int[] places) {
    return Arrays.stream(places)
        .filter(i ->
            Arrays.stream(places).takeWhile(j -> j < i).noneMatch(j -> equal(conditions, i, j)))
        .toArray();
  }

  private static boolean equal(Values values, int i, int j) {
    return switch (values) {
      case Values.Texts(List<String> texts) -> texts.get(i).equals(texts.get(j));
      case Values.Dense dense ->
          Arrays.equals(
              dense.data(),
              i * dense.width(),
              (i + 1) * dense.width(),
              dense.data(),
              j * dense.width(),
              (j + 1) * dense.width());
      case Values.Labels(int[] labels) -> labels[i] == labels[j];
      case Values.Nothing _ -> true;
    };
  }

  /** The likeliest first; of equals, the one that is looked for last. */
  private static Ranking ranked(double[] nats, int own) {
    long before = 0;
    for (int j = 0; j < nats.length; j++) {
      before += j != own && nats[j] <= nats[own] ? 1 : 0;
    }
    double[] relevance = new double[nats.length];
    relevance[(int) before] = 1;
    return new Ranking(relevance, 1);
  }
}
