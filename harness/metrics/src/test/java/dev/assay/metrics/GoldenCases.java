package dev.assay.metrics;

import dev.assay.spi.Modality;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What our code says to the inputs of golden cases. */
final class GoldenCases {
  private GoldenCases() {}

  /** Values by the names of the file; empty for a case whose metric is not there yet. */
  static Map<String, double[]> compute(String id, JsonNode inputs) {
    return switch (id) {
      case "c2st_1nn" -> neighbours(inputs);
      case "mmd_rbf" -> mmd(inputs);
      case "energy_distance" -> energy(inputs);
      case "privacy" -> privacy(inputs);
      case "bits_per_dim" -> bitsPerDim(inputs);
      case "perplexity_units" -> units(inputs);
      default -> Map.of();
    };
  }

  private static Map<String, double[]> neighbours(JsonNode in) {
    var accuracy = TwoSample.neighbourAccuracy(points(in, "real"), points(in, "fake"));
    return Map.of(
        "acc", one(accuracy.accuracy()),
        "acc_real", one(accuracy.real()),
        "acc_fake", one(accuracy.fake()));
  }

  private static Map<String, double[]> mmd(JsonNode in) {
    TwoSample.Mmd mmd = TwoSample.mmd(points(in, "x"), points(in, "y"));
    return Map.of(
        "unbiased", one(mmd.unbiased()),
        "biased_V", one(mmd.biased()),
        "u_statistic", one(mmd.uStatistic()),
        "sigma_median", one(mmd.sigma()));
  }

  private static Map<String, double[]> energy(JsonNode in) {
    TwoSample.Energy plane = TwoSample.energy(points(in, "x"), points(in, "y"));
    double line = TwoSample.energy(points(in, "x1"), points(in, "y1")).v();
    return Map.of(
        "V", one(plane.v()),
        "U", one(plane.u()),
        "V_1d", one(line),
        "sqrtV_1d", one(Math.sqrt(line)));
  }

  private static Map<String, double[]> privacy(JsonNode in) {
    double[] distances = Distances.nearest(points(in, "synth"), points(in, "train"));
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double[] closer =
        TwoSample.closerToTrain(points(in, "synth"), points(in, "train"), points(in, "holdout"));
    return Map.of(
        "dcr", distances,
        "dcr_p5", one(Statistics.quantile(sorted, 0.05)),
        "dcr_median", one(Statistics.quantile(sorted, 0.5)),
        "share_closer_train", one(Statistics.bootstrapMean(closer, RandomStream.root(1)).value()));
  }

  private static Map<String, double[]> bitsPerDim(JsonNode in) {
    int width = in.get("D").asInt();
    var evaluation =
        Evaluations.images(width, 2, new float[width]).scored(in.get("nll_discrete").asDouble());
    return Map.of("discrete", one(evaluation.value(new BitsPerDimMetric()).value()));
  }

  private static Map<String, double[]> units(JsonNode in) {
    double total = Arrays.stream(row(in.get("nll"))).sum();
    var text =
        Evaluations.texts(Modality.Text.Form.STREAM, in.get("text").asString()).scored(total);
    double[][] batches = rows(in.get("batches"));
    double mean =
        Statistics.bootstrapRatio(
                Arrays.stream(batches).mapToDouble(b -> Arrays.stream(b).sum()).toArray(),
                Arrays.stream(batches).mapToDouble(b -> b.length).toArray(),
                RandomStream.root(1))
            .value();
    return Map.of(
        "bits_per_char", one(text.value(new NatsPerCharacterMetric()).value() / Math.log(2)),
        "bits_per_byte", one(text.value(new BitsPerByteMetric()).value()),
        "batch_mean", one(mean));
  }

  private static Points points(JsonNode in, String name) {
    return Points.of(rows(in.get(name)));
  }

  private static double[][] rows(JsonNode rows) {
    return rows.valueStream().map(GoldenCases::row).toArray(double[][]::new);
  }

  /** Also of a bare number, which stands for a row of one. */
  private static double[] row(JsonNode row) {
    return row.isArray()
        ? row.valueStream().mapToDouble(JsonNode::asDouble).toArray()
        : one(row.asDouble());
  }

  private static double[] one(double value) {
    return new double[] {value};
  }
}
