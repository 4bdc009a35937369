package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.integers;
import static dev.assay.metrics.GoldenInputs.number;
import static dev.assay.metrics.GoldenInputs.points;
import static dev.assay.metrics.GoldenInputs.row;
import static dev.assay.metrics.GoldenInputs.rows;
import static dev.assay.metrics.GoldenInputs.string;
import static dev.assay.metrics.GoldenInputs.strings;

import dev.assay.metrics.audio.Cepstra;
import dev.assay.metrics.audio.Spectra;
import dev.assay.metrics.audio.Warping;
import dev.assay.metrics.classification.Calibration;
import dev.assay.metrics.classification.Roc;
import dev.assay.metrics.image.Similarity;
import dev.assay.metrics.latent.Disentanglement;
import dev.assay.metrics.privacy.ClosestRecords;
import dev.assay.metrics.privacy.Exposure;
import dev.assay.metrics.retrieval.AnswerOverlap;
import dev.assay.metrics.retrieval.PairedEmbeddings;
import dev.assay.metrics.retrieval.Ranking;
import dev.assay.metrics.table.Classifiers;
import dev.assay.metrics.table.ColumnFidelity;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Golden cases of what samples, codes and likelihoods are used for. */
final class GoldenUses {
  private static final double RANGE = 255;

  private GoldenUses() {}

  static Map<String, Object> privacy(JsonNode in) {
    ClosestRecords closest = ClosestRecords.of(points(in, "synth"), points(in, "train"));
    double[] sorted = closest.distances().clone();
    Arrays.sort(sorted);
    double[] closer =
        TwoSample.closerToTrain(points(in, "synth"), points(in, "train"), points(in, "holdout"));
    Roc attack = Roc.of(negated(in, "member_loss"), negated(in, "nonmember_loss"));
    return Map.of(
        "dcr", closest.distances(),
        "dcr_p5", Statistics.quantile(sorted, 0.05),
        "dcr_median", Statistics.quantile(sorted, 0.5),
        "nndr", closest.ratios(),
        "share_closer_train", Statistics.bootstrapMean(closer, RandomStream.root(1)).value(),
        "mia_auc", attack.area(),
        "mia_advantage", attack.advantage(),
        "mia_tpr_at_fpr10", attack.truePositivesAt(0.1),
        "exposure", Exposure.of(number(in, "canary_loss"), row(in, "candidate_losses")));
  }

  private static double[] negated(JsonNode in, String name) {
    return Arrays.stream(row(in, name)).map(loss -> -loss).toArray();
  }

  static Map<String, Object> detection(JsonNode in) {
    Roc roc = Roc.of(row(in, "pos"), row(in, "neg"));
    return Map.of(
        "auroc", roc.area(),
        "average_precision", roc.averagePrecision(),
        "fpr_at_95tpr", roc.falsePositivesAt(0.95));
  }

  static Map<String, Object> calibration(JsonNode in) {
    Calibration calibration = Calibration.of(rows(in, "probs"), integers(in, "y"), 5);
    return Map.of(
        "accuracy", calibration.accuracy(),
        "ece5", calibration.expectedError(),
        "mce5", calibration.largestError(),
        "brier", calibration.brier(),
        "nll", calibration.nll());
  }

  static Map<String, Object> trainSynthetic(JsonNode in) {
    Points real = points(in, "real_x");
    Points synthetic = points(in, "synth_x");
    Points test = points(in, "test_x");
    int[] realLabels = integers(in, "real_y");
    int[] syntheticLabels = integers(in, "synth_y");
    int[] truth = integers(in, "test_y");
    return Map.of(
        "tstr_1nn", Classifiers.nearestNeighbour(synthetic, syntheticLabels, test, truth),
        "trtr_1nn", Classifiers.nearestNeighbour(real, realLabels, test, truth),
        "tstr_centroid", Classifiers.nearestCentroid(synthetic, syntheticLabels, test, truth),
        "trtr_centroid", Classifiers.nearestCentroid(real, realLabels, test, truth));
  }

  static Map<String, Object> columns(JsonNode in) {
    Points real = points(in, "real");
    Points synthetic = points(in, "synth");
    return Map.of(
        "corr_mad", ColumnFidelity.correlationGap(real, synthetic),
        "w1", ColumnFidelity.wasserstein(real, synthetic),
        "ks", ColumnFidelity.kolmogorovSmirnov(real, synthetic));
  }

  static Map<String, Object> codes(JsonNode in) {
    int[][] codes = integerRows(in, "codes");
    int[][] factors = integerRows(in, "factors");
    double[][] importance = rows(in, "importance");
    return Map.of(
        "mi", Disentanglement.information(codes, factors),
        "mig", Disentanglement.mig(codes, factors),
        "sap", Disentanglement.sap(rows(in, "codes"), rows(in, "factors")),
        "dci_disentanglement", Disentanglement.dciDisentanglement(importance),
        "dci_completeness", Disentanglement.dciCompleteness(importance),
        "factorvae_train_vote", Disentanglement.majorityVote(integerRows(in, "votes")));
  }

  /** One code that matters equally for 2 of 10 factors; the case's formula in words stands. */
  static Map<String, Object> publishedCodes(JsonNode expected) {
    double[][] importance = new double[10][10];
    importance[0][0] = 1;
    importance[0][1] = 1;
    return Map.of(
        "number", Disentanglement.dciDisentanglement(importance),
        "value", string(expected, "value"));
  }

  private static int[][] integerRows(JsonNode in, String name) {
    return Arrays.stream(rows(in, name))
        .map(row -> Arrays.stream(row).mapToInt(v -> (int) v).toArray())
        .toArray(int[][]::new);
  }

  static Map<String, Object> images(JsonNode in) {
    double[][] a = rows(in, "a");
    double[][] b = rows(in, "b");
    return Map.of(
        "mse", Similarity.meanSquare(a, b),
        "psnr", Similarity.peakSignalToNoise(a, b, RANGE),
        "ssim_gaussian11", Similarity.gaussian().of(a, b, RANGE),
        "ssim_uniform7", Similarity.uniform(7).of(a, b, RANGE));
  }

  static Map<String, Object> sound(JsonNode in) {
    Warping warping = Cepstra.warped(rows(in, "c"), rows(in, "c3"));
    double[] hertz = row(in, "hz");
    return Map.of(
        "mcd", Cepstra.distortion(rows(in, "c"), rows(in, "c2")),
        "dtw_total", warping.total(),
        "mcd_dtw", warping.mean(),
        "lsd", Spectra.logDistance(rows(in, "P"), rows(in, "P2")),
        "mel_htk", Arrays.stream(hertz).map(Spectra::melHtk).toArray(),
        "mel_slaney", Arrays.stream(hertz).map(Spectra::melSlaney).toArray(),
        "mulaw", Arrays.stream(row(in, "x")).map(Spectra::muLaw).toArray());
  }

  static Map<String, Object> embeddings(JsonNode in) {
    PairedEmbeddings pairs = new PairedEmbeddings(points(in, "image"), points(in, "text"));
    return Map.of(
        "clipscore", pairs.score(2.5),
        "clip_similarity", pairs.score(100),
        "r_at_1", pairs.recall(1));
  }

  static Map<String, Object> ranking(JsonNode in) {
    Ranking ranking = new Ranking(row(in, "rel"), in.get("total_relevant").asInt());
    return Map.of(
        "p3", ranking.precision(3),
        "r3", ranking.recall(3),
        "rr", ranking.reciprocalRank(),
        "ap", ranking.averagePrecision(),
        "ndcg5_linear", ranking.ndcg(5, Ranking.Gain.LINEAR),
        "ndcg5_exp", ranking.ndcg(5, Ranking.Gain.EXPONENTIAL));
  }

  static Map<String, Object> answers(JsonNode in) {
    String answer = string(in, "answer");
    List<String> golds = strings(in, "golds");
    return Map.of(
        "tokens", AnswerOverlap.tokens(answer),
        "em", AnswerOverlap.exactMatch(answer, golds),
        "f1", AnswerOverlap.f1(answer, golds),
        "groundedness3", AnswerOverlap.groundedness(answer, string(in, "context"), 3));
  }
}
