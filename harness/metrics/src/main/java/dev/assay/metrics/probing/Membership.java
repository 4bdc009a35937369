package dev.assay.metrics.probing;

import dev.assay.metrics.Statistics;
import dev.assay.metrics.classification.Roc;
import dev.assay.spi.Evaluation;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Trained;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well a likelihood tells training examples from held-out ones: a member is whatever the model
 * finds likely (Yeom et al. 2018). Equally many of both, spread evenly over their sets.
 */
abstract class Membership extends ProbingMetric {
  private final ToDoubleFunction<Roc> number;
  private final String settings;
  private final int least;

  /**
   * @param number of the curve whose positives are training examples
   * @param least examples of each set
   * @param settings further parts of the signature, each led by {@code |}
   */
  Membership(String id, Info info, int least, ToDoubleFunction<Roc> number, String settings) {
    super(id, info);
    this.number = number;
    this.least = least;
    this.settings = settings;
  }

  @Override
  final List<MetricValue> values(Evaluation evaluation, Trained trained) {
    int count = Math.min(evaluation.train().count(), evaluation.test().count());
    if (count < least || evaluation.likelihoods().isEmpty()) {
      return List.of();
    }
    int chosen = Math.min(count, MOST);
    int[] members = Arrays.copyOf(spread(evaluation.train().count()), chosen);
    int[] others = Arrays.copyOf(spread(evaluation.test().count()), chosen);
    Evaluation.Likelihood held = evaluation.likelihoods().getFirst();
    return trained
        .score(evaluation.train().select(members), "train")
        .map(seen -> {
          Statistics.Mean mean =
              Detection.of(
                  negated(seen.nats()),
                  negated(at(held.nats(), others)),
                  number,
                  evaluation.random().child("bootstrap"));
          return List.of(
              value(
                  held.method().kindAndMeasure(),
                  mean,
                  chosen,
                  "n:%d|method:%s%s".formatted(chosen, held.method().id(), settings)));
        })
        .orElse(List.of());
  }

  private static double[] negated(double[] nats) {
    return Arrays.stream(nats).map(nat -> -nat).toArray();
  }
}
