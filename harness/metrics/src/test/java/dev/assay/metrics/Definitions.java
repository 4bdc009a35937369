package dev.assay.metrics;

import static dev.assay.metrics.Definition.Data.CONSTANT;

import dev.assay.metrics.Definition.Data;
import dev.assay.metrics.audio.Cepstra;
import dev.assay.metrics.audio.Spectra;
import dev.assay.metrics.classification.Calibration;
import dev.assay.metrics.classification.Roc;
import dev.assay.metrics.distribution.Frechet;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.metrics.distribution.InceptionScore;
import dev.assay.metrics.distribution.Kernel;
import dev.assay.metrics.distribution.KolmogorovSmirnov;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.metrics.distribution.Manifolds.Boundary;
import dev.assay.metrics.distribution.Mauve;
import dev.assay.metrics.distribution.Vendi;
import dev.assay.metrics.distribution.Wasserstein;
import dev.assay.metrics.image.Similarity;
import dev.assay.metrics.latent.Disentanglement;
import dev.assay.metrics.likelihood.Weights;
import dev.assay.metrics.privacy.ClosestRecords;
import dev.assay.metrics.privacy.Exposure;
import dev.assay.metrics.retrieval.AnswerOverlap;
import dev.assay.metrics.retrieval.PairedEmbeddings;
import dev.assay.metrics.table.ColumnFidelity;
import dev.assay.metrics.text.Bleu;
import dev.assay.metrics.text.Chrf;
import dev.assay.metrics.text.Diversity;
import dev.assay.metrics.text.Edits;
import dev.assay.metrics.text.Rouge;
import dev.assay.metrics.text.Ter;
import dev.assay.metrics.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Every definition of a metric, with items to feed it. */
final class Definitions {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NONE = Double.NaN;
  private static final int WIDTH = 3;

  private final List<Definition> all = new ArrayList<>();

  private Definitions() {}

  static List<Definition> all() {
    Definitions definitions = new Definitions();
    definitions.ofPoints();
    definitions.ofHistograms();
    definitions.ofTexts();
    definitions.ofScores();
    definitions.ofSignals();
    definitions.ofCodes();
    return List.copyOf(definitions.all);
  }

  private void add(
      String name, double low, double high, double identity, Definition.Measure measure) {
    all.add(new Definition(name, low, high, identity, measure));
  }

  /** Of two sets of points, the second in an order of its own. */
  private void points(
      String name,
      double low,
      double high,
      double identity,
      ToDoubleBiFunction<Points, Points> value) {
    add(
        name,
        low,
        high,
        identity,
        (data, order) -> {
          int[] sorted = order.clone();
          Arrays.sort(sorted);
          return value.applyAsDouble(Items.points(data, 0, order), Items.points(data, 1, sorted));
        });
  }

  private void ofPoints() {
    Points axes = Points.of(new double[][] {{1, 0, 0}, {0, 1, 0}});
    points("fid", 0, INFINITY, 0, Frechet::distance);
    points("kid", -INFINITY, INFINITY, NONE, (x, y) -> Kernel.polynomial(x, y).unbiased());
    points("kid-biased", 0, INFINITY, 0, (x, y) -> Kernel.polynomial(x, y).biased());
    points("mmd", -INFINITY, 2, NONE, (x, y) -> TwoSample.mmd(x, y).unbiased());
    points("mmd-biased", 0, 2, 0, (x, y) -> TwoSample.mmd(x, y).biased());
    points("energy", 0, INFINITY, 0, (x, y) -> TwoSample.energy(x, y).v());
    points("c2st", 0, 1, NONE, (x, y) -> TwoSample.neighbourAccuracy(x, y).accuracy());
    points("wasserstein", 0, INFINITY, 0, (x, y) -> Wasserstein.exact(x, y, 2));
    points("sliced", 0, INFINITY, 0, (x, y) -> Wasserstein.sliced(x, y, axes, 1));
    points("precision", 0, 1, 1, (x, y) -> manifolds(x, y).precision());
    points("recall", 0, 1, 1, (x, y) -> manifolds(x, y).recall());
    points("coverage", 0, 1, 1, (x, y) -> manifolds(x, y).coverage());
    points("density", 0, INFINITY, NONE, (x, y) -> manifolds(x, y).density());
    points("vendi", 1, 24, NONE, (x, _) -> Vendi.score(x));
    points("closest", 0, INFINITY, 0, (x, y) -> mean(ClosestRecords.of(x, y).distances()));
    points("nearest-ratio", 0, 1, 0, (x, y) -> mean(ClosestRecords.of(x, y).ratios()));
    points("columns", 0, INFINITY, 0, (x, y) -> mean(ColumnFidelity.wasserstein(x, y)));
    points("columns-ks", 0, 1, 0, (x, y) -> mean(ColumnFidelity.kolmogorovSmirnov(x, y)));
    points("correlations", 0, 2, 0, ColumnFidelity::correlationGap);
    add(
        "line",
        0,
        INFINITY,
        0,
        (d, o) -> Wasserstein.line(Items.column(d, 0, o), Items.column(d, 1, o), 1));
    add(
        "ks",
        0,
        1,
        0,
        (d, o) -> KolmogorovSmirnov.distance(Items.column(d, 0, o), Items.column(d, 1, o)));
    add(
        "inception",
        1,
        WIDTH,
        NONE,
        (d, o) -> InceptionScore.of(Items.rows(d, 0, o, WIDTH), 1).mean());
    add("clip", 0, 2.5, 2.5, (d, o) -> embeddings(d, o).score(2.5));
    add("recall-at-1", 0, 1, 1, (d, o) -> embeddings(d, o).recall(1));
  }

  private static Manifolds manifolds(Points x, Points y) {
    return Manifolds.compare(x, y, 2, Boundary.CLOSED);
  }

  private static PairedEmbeddings embeddings(Data data, int[] order) {
    return new PairedEmbeddings(Items.points(data, 0, order), Items.points(data, 1, order));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private void histograms(
      String name, double high, double identity, ToDoubleBiFunction<Histogram, Histogram> value) {
    add(
        name,
        0,
        high,
        identity,
        (data, order) ->
            value.applyAsDouble(Items.bars(data, 0, order), Items.bars(data, 1, order)));
  }

  private void ofHistograms() {
    histograms("kl", INFINITY, 0, Histogram::kl);
    histograms("js", Math.log(2), 0, Histogram::js);
    histograms("variation", 1, 0, Histogram::variation);
    histograms("hellinger", 1, 0, Histogram::hellinger);
    histograms("chi-square", INFINITY, 0, Histogram::chiSquare);
    histograms("mauve", 1, 1, Mauve::score);
    histograms("frontier", 1, 0, Mauve::frontierIntegral);
    histograms("effective", 24, NONE, (p, _) -> p.effectiveClasses());
    histograms("class-coverage", 1, NONE, (p, _) -> p.classCoverage());
  }

  private void corpora(
      String name,
      double high,
      double identity,
      ToDoubleBiFunction<List<String>, List<String>> value) {
    add(
        name,
        0,
        high,
        identity,
        (data, order) ->
            value.applyAsDouble(Items.texts(data, 0, order), Items.texts(data, 1, order)));
  }

  /** The mean over pairs of texts. */
  private void pairs(
      String name, double high, double identity, ToDoubleBiFunction<String, String> value) {
    corpora(
        name,
        high,
        identity,
        (ours, theirs) ->
            IntStream.range(0, ours.size())
                .mapToDouble(i -> value.applyAsDouble(ours.get(i), theirs.get(i)))
                .average()
                .orElse(Double.NaN));
  }

  private void ofTexts() {
    corpora("bleu", 100, 100, (x, y) -> Bleu.CORPUS.corpus(x, List.of(y)).score());
    corpora("chrf", 100, 100, (x, y) -> Chrf.CHRF.corpus(x, List.of(y)));
    corpora("chrf++", 100, 100, (x, y) -> Chrf.CHRF_PLUS_PLUS.corpus(x, List.of(y)));
    corpora("ter", INFINITY, 0, (x, y) -> Ter.corpus(x, List.of(y)));
    corpora("self-bleu", 1, NONE, (x, _) -> mean(Diversity.selfBleu(words(x), 4)));
    corpora("distinct", 1, NONE, (x, _) -> Diversity.distinct(words(x), 2));
    pairs("wer", INFINITY, 0, (x, y) -> edits(x, y).errorRate());
    pairs("mer", 1, 0, (x, y) -> edits(x, y).matchErrorRate());
    pairs("wil", 1, 0, (x, y) -> edits(x, y).informationLost());
    pairs("rouge-2", 1, 1, (x, y) -> Rouge.ngrams(Rouge.words(x), Rouge.words(y), 2).f());
    pairs("rouge-l", 1, 1, (x, y) -> Rouge.longest(Rouge.words(x), Rouge.words(y)).f());
    pairs("answer-f1", 1, 1, (x, y) -> AnswerOverlap.f1(x, List.of(y)));
    pairs("answer-exact", 1, 1, (x, y) -> AnswerOverlap.exactMatch(x, List.of(y)));
    pairs("groundedness", 1, 1, (x, y) -> AnswerOverlap.groundedness(x, y, 1));
  }

  private static List<List<String>> words(List<String> texts) {
    return texts.stream().map(Tokens::words).toList();
  }

  private static Edits edits(String text, String reference) {
    return Edits.between(Tokens.words(reference), Tokens.words(text));
  }

  private void curves(String name, double identity, ToDoubleFunction<Roc> value) {
    add(
        name,
        0,
        1,
        identity,
        (data, order) ->
            value.applyAsDouble(
                Roc.of(Items.column(data, 1, order), Items.column(data, 0, order))));
  }

  private void ofScores() {
    curves("auc", 0.5, Roc::area);
    curves("average-precision", NONE, Roc::averagePrecision);
    curves("tpr", NONE, roc -> roc.truePositivesAt(0.1));
    curves("fpr", NONE, roc -> roc.falsePositivesAt(0.9));
    curves("advantage", 0, Roc::advantage);
    add("ece", 0, 1, NONE, (data, order) -> calibration(data, order).expectedError());
    add("brier", 0, 2, NONE, (data, order) -> calibration(data, order).brier());
    add("exposure", 0, 5, NONE, (data, order) -> Exposure.of(0.5, Items.column(data, 0, order)));
    add(
        "importance-weighted",
        -INFINITY,
        INFINITY,
        NONE,
        (data, order) -> Weights.logMean(Items.column(data, 0, order)));
    add("effective-size", 1, 24, NONE, (d, o) -> Weights.effectiveSize(Items.column(d, 0, o)));
  }

  private static Calibration calibration(Data data, int[] order) {
    double[][] probabilities =
        Arrays.stream(order)
            .mapToObj(i -> Histogram.of(Items.absolute(Items.numbers(data, 0, i, WIDTH))).shares())
            .toArray(double[][]::new);
    int[] labels = Arrays.stream(order).map(i -> data == CONSTANT ? 0 : i % WIDTH).toArray();
    return Calibration.of(probabilities, labels, 10);
  }

  private void ofSignals() {
    add(
        "cepstral",
        0,
        INFINITY,
        0,
        (d, o) -> Cepstra.distortion(Items.rows(d, 0, o, 5), Items.rows(d, 1, o, 5)));
    add(
        "spectral",
        0,
        INFINITY,
        0,
        (d, o) -> Spectra.logDistance(Items.powers(d, 0, o), Items.powers(d, 1, o)));
    add("psnr", -INFINITY, INFINITY, INFINITY, (d, o) -> images(d, o, Definitions::psnr));
    add("ssim", -1, 1, 1, (d, o) -> images(d, o, Definitions::ssim));
  }

  /** The mean over pairs of images, the items. */
  private static double images(
      Data data, int[] order, ToDoubleBiFunction<double[][], double[][]> value) {
    return Arrays.stream(order)
        .mapToDouble(i -> value.applyAsDouble(Items.image(data, 0, i), Items.image(data, 1, i)))
        .average()
        .orElse(Double.NaN);
  }

  private static double psnr(double[][] a, double[][] b) {
    return Similarity.peakSignalToNoise(a, b, 1);
  }

  private static double ssim(double[][] a, double[][] b) {
    return Similarity.gaussian().of(a, b, 1);
  }

  private void ofCodes() {
    add(
        "mig",
        0,
        1,
        NONE,
        (d, o) -> Disentanglement.mig(Items.levels(d, 0, o), Items.levels(d, 1, o)));
    add(
        "sap",
        0,
        1,
        NONE,
        (d, o) -> Disentanglement.sap(Items.rows(d, 0, o, WIDTH), Items.rows(d, 1, o, WIDTH)));
    add(
        "dci-disentanglement",
        0,
        1,
        NONE,
        (d, o) -> Disentanglement.dciDisentanglement(Items.importance(d, o)));
    add(
        "dci-completeness",
        0,
        1,
        NONE,
        (d, o) -> Disentanglement.dciCompleteness(Items.importance(d, o)));
    add("votes", 0, 1, NONE, (d, o) -> Disentanglement.majorityVote(Items.levels(d, 0, o)));
  }
}
