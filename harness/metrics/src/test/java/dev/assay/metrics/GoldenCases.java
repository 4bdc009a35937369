package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.points;
import static dev.assay.metrics.GoldenInputs.row;
import static dev.assay.metrics.GoldenInputs.rows;

import dev.assay.spi.Modality;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What our code says to the inputs of golden cases. */
final class GoldenCases {
  private GoldenCases() {}

  /**
   * Values by the names of the file, or a list where the file expects one; empty for a case whose
   * metric is not there yet.
   */
  static Optional<Object> compute(JsonNode golden) {
    JsonNode in = golden.get("inputs");
    return Optional.ofNullable(
        switch (golden.get("id").asString()) {
          case "frechet_gaussians" -> GoldenDistribution.gaussians(in);
          case "frechet_samples" -> GoldenDistribution.frechetOfSamples(in);
          case "frechet_rank_deficient" -> GoldenDistribution.rankDeficient(in);
          case "fid_infinity" -> GoldenDistribution.infinity(in);
          case "kid_poly" -> GoldenDistribution.kernel(in);
          case "inception_score" -> GoldenDistribution.inceptionScore(in);
          case "prdc" -> GoldenDistribution.manifolds(in);
          case "pub_frechet_two_point" -> GoldenDistribution.twoPoints(in);
          case "pub_prdc_gaussian_statistical" -> GoldenDistribution.equalGaussians();
          case "c2st_1nn" -> GoldenDistribution.neighbours(in);
          case "mmd_rbf" -> GoldenDistribution.mmd(in);
          case "energy_distance" -> GoldenDistribution.energy(in);
          case "privacy" -> privacy(in);
          case "bits_per_dim" -> bitsPerDim(in);
          case "perplexity_units" -> units(in);
          default -> null;
        });
  }

  private static Map<String, Object> privacy(JsonNode in) {
    double[] distances = Distances.nearest(points(in, "synth"), points(in, "train"));
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double[] closer =
        TwoSample.closerToTrain(points(in, "synth"), points(in, "train"), points(in, "holdout"));
    return Map.of(
        "dcr", distances,
        "dcr_p5", Statistics.quantile(sorted, 0.05),
        "dcr_median", Statistics.quantile(sorted, 0.5),
        "share_closer_train", Statistics.bootstrapMean(closer, RandomStream.root(1)).value());
  }

  private static Map<String, Object> bitsPerDim(JsonNode in) {
    int width = in.get("D").asInt();
    var evaluation =
        Evaluations.images(width, 2, new float[width]).scored(in.get("nll_discrete").asDouble());
    return Map.of("discrete", evaluation.value(new BitsPerDimMetric()).value());
  }

  private static Map<String, Object> units(JsonNode in) {
    double total = Arrays.stream(row(in, "nll")).sum();
    var text =
        Evaluations.texts(Modality.Text.Form.STREAM, in.get("text").asString()).scored(total);
    double[][] batches = rows(in, "batches");
    double mean =
        Statistics.bootstrapRatio(
                Arrays.stream(batches).mapToDouble(b -> Arrays.stream(b).sum()).toArray(),
                Arrays.stream(batches).mapToDouble(b -> b.length).toArray(),
                RandomStream.root(1))
            .value();
    return Map.of(
        "bits_per_char",
        text.value(new NatsPerCharacterMetric()).value() / Math.log(2),
        "bits_per_byte",
        text.value(new BitsPerByteMetric()).value(),
        "batch_mean",
        mean);
  }
}
