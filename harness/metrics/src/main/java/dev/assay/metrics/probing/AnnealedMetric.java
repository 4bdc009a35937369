package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.likelihood.Annealing;
import dev.assay.metrics.likelihood.Weights;
import dev.assay.spi.Batch;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Trained;
import java.util.Arrays;
import java.util.List;

/**
 * −ln p of held-out examples by annealed importance sampling, which no encoder has a part in: where
 * it is much below the importance-weighted bound, the encoder is to blame.
 */
@AutoService(Metric.class)
public final class AnnealedMetric extends ProbingMetric {
  private static final int CHAINS = 8;

  /** Examples at most, as each is decoded very often. */
  private static final int FEW = 50;

  public AnnealedMetric() {
    super(
        "ais",
        new Info(
            "Negative log-likelihood by annealed importance sampling",
            "nats/example",
            Direction.LOWER,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0,
            "Wu et al. 2017, On the quantitative analysis of decoder-based generative models"));
  }

  @Override
  List<MetricValue> values(Evaluation evaluation, Trained trained) {
    Batch held = evaluation.test().select(spread(evaluation.test().count(), FEW));
    if (held.count() < LEAST) {
      return List.of();
    }
    return trained
        .latent(held, "test")
        .map(latent -> {
          Statistics.Mean mean =
              Statistics.bootstrapMean(
                  nats(latent, held.count(), evaluation), evaluation.random().child("bootstrap"));
          String settings =
              "n:%d|method:%s|chains:%d|temperatures:%d"
                  .formatted(held.count(), latent.method().id(), CHAINS, latent.temperatures());
          return List.of(value(latent.method().kindAndMeasure(), mean, held.count(), settings));
        })
        .orElse(List.of());
  }

  private static double[] nats(Trained.Latent latent, int examples, Evaluation evaluation) {
    int[] owners = new int[examples * CHAINS];
    Arrays.setAll(owners, row -> row / CHAINS);
    double[] weights =
        new Annealing(owners.length, latent.width(), latent.temperatures())
            .logWeights(
                codes -> latent.slopes().of(owners, codes), evaluation.random().child("chains"));
    double[] nats = new double[examples];
    for (int i = 0; i < examples; i++) {
      double[] own = Arrays.copyOfRange(weights, i * CHAINS, (i + 1) * CHAINS);
      nats[i] = -Weights.logMean(own) - latent.logDeterminants()[i];
    }
    return nats;
  }
}
