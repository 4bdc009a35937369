package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.integers;
import static dev.assay.metrics.GoldenInputs.number;
import static dev.assay.metrics.GoldenInputs.row;
import static dev.assay.metrics.GoldenInputs.rows;
import static dev.assay.metrics.GoldenInputs.string;

import dev.assay.metrics.likelihood.DiscretizedLogistic;
import dev.assay.metrics.likelihood.NormalDivergence;
import dev.assay.metrics.likelihood.Units;
import dev.assay.metrics.likelihood.Weights;
import dev.assay.metrics.text.Tokens;
import dev.assay.spi.Modality;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Golden cases of likelihoods. */
final class GoldenLikelihood {
  private static final int LEVELS = 256;

  private GoldenLikelihood() {}

  static Map<String, Object> bitsPerDim(JsonNode in) {
    int width = in.get("D").asInt();
    var evaluation =
        Evaluations.images(width, 2, new float[width]).scored(number(in, "nll_discrete"));
    JsonNode logit = in.get("logit");
    double lambda = number(logit, "lam");
    double[] y = Units.logits(row(logit, "z"), lambda, LEVELS);
    return Map.of(
        "discrete", evaluation.value(new BitsPerDimMetric()).value(),
        "unit", Units.bitsPerScaledDimension(number(in, "nll_unit"), width, LEVELS),
        "logit", Units.bitsPerLogit(-number(logit, "logp"), y, lambda, LEVELS),
        "y", y);
  }

  static Map<String, Object> units(JsonNode in) {
    double[] nats = row(in, "nll");
    double total = Arrays.stream(nats).sum();
    String text = string(in, "text");
    var scored = Evaluations.texts(Modality.Text.Form.STREAM, text).scored(total);
    double[][] batches = rows(in, "batches");
    double mean =
        Statistics.bootstrapRatio(
                Arrays.stream(batches).mapToDouble(b -> Arrays.stream(b).sum()).toArray(),
                Arrays.stream(batches).mapToDouble(b -> b.length).toArray(),
                RandomStream.root(1))
            .value();
    return Map.of(
        "ppl", Units.perplexity(total, nats.length),
        "bits_per_char", scored.value(new NatsPerCharacterMetric()).value() / Math.log(2),
        "bits_per_byte", scored.value(new BitsPerByteMetric()).value(),
        "word_ppl", Units.perplexity(total, Tokens.words(text).size()),
        "batch_mean", mean);
  }

  static Map<String, Object> pixels(JsonNode in) {
    DiscretizedLogistic mixture =
        new DiscretizedLogistic(row(in, "weights"), row(in, "mu"), row(in, "log_scale"));
    return Map.of(
        "logp", Arrays.stream(integers(in, "v")).mapToObj(v -> logMass(mixture, v)).toList(),
        "total", IntStream.range(0, LEVELS).mapToDouble(v -> Math.exp(mixture.logMass(v))).sum());
  }

  private static Object logMass(DiscretizedLogistic mixture, int level) {
    double log = mixture.logMass(level);
    boolean tail = level == 0 || level == LEVELS - 1;
    return tail ? new GoldenMetricsTest.RoundedLog(log) : (Object) log;
  }

  static Map<String, Object> divergences(JsonNode in) {
    double[] m1 = row(in, "m1");
    double[] m2 = row(in, "m2");
    double[] logVariance = row(in, "logvar1");
    return Map.of(
        "diag_vs_std", NormalDivergence.toStandard(m1, logVariance),
        "diag_vs_diag", NormalDivergence.diagonal(m1, logVariance, m2, row(in, "logvar2")),
        "full", NormalDivergence.full(m1, rows(in, "S1"), m2, rows(in, "S2")));
  }

  static Map<String, Object> weights(JsonNode in) {
    double[] logs = row(in, "lw");
    return Map.of("lme", Weights.logMean(logs), "ess", Weights.effectiveSize(logs));
  }
}
