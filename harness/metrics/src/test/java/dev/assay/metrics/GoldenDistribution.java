package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.points;
import static dev.assay.metrics.GoldenInputs.row;
import static dev.assay.metrics.GoldenInputs.rows;

import dev.assay.metrics.distribution.Frechet;
import dev.assay.metrics.distribution.Gaussian;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.metrics.distribution.InceptionScore;
import dev.assay.metrics.distribution.Kernel;
import dev.assay.metrics.distribution.KolmogorovSmirnov;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.metrics.distribution.Mauve;
import dev.assay.metrics.distribution.Vendi;
import dev.assay.metrics.distribution.Wasserstein;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Golden cases of distances between distributions. */
final class GoldenDistribution {
  private GoldenDistribution() {}

  static Map<String, Object> gaussians(JsonNode in) {
    double distance =
        Frechet.distance(
            Gaussian.of(row(in, "mu1"), rows(in, "sigma1")),
            Gaussian.of(row(in, "mu2"), rows(in, "sigma2")));
    return Map.of("fd", distance);
  }

  static Map<String, Object> frechetOfSamples(JsonNode in) {
    double distance = Frechet.distance(points(in, "x"), points(in, "y"));
    return Map.of("fd_nminus1", distance, "fd_n", distance);
  }

  static Map<String, Object> rankDeficient(JsonNode in) {
    Points x = points(in, "x");
    return Map.of("fd", Frechet.distance(x, points(in, "y")), "fd_self", Frechet.distance(x, x));
  }

  static Map<String, Object> infinity(JsonNode in) {
    var line = Frechet.extrapolate(row(in, "n"), row(in, "fid"));
    return Map.of("fid_inf", line.limit(), "slope", line.slope());
  }

  static Map<String, Object> kernel(JsonNode in) {
    Points x = points(in, "x");
    Kernel equal = Kernel.polynomial(x, points(in, "y"));
    return Map.of(
        "unbiased", equal.unbiased(),
        "biased_V", equal.biased(),
        "u_statistic", equal.uStatistic(),
        "unbiased_x_y5", Kernel.polynomial(x, points(in, "y5")).unbiased());
  }

  static Map<String, Object> inceptionScore(JsonNode in) {
    double[][] logits = rows(in, "logits");
    InceptionScore halves = InceptionScore.of(logits, 2);
    return Map.of(
        "is_1split", InceptionScore.of(logits, 1).mean(),
        "is_2split_mean", halves.mean(),
        "is_2split_std", halves.deviation());
  }

  /** Keys such as {@code k3_strict}. */
  static Map<String, Object> manifolds(JsonNode in, JsonNode expected) {
    Map<String, Object> got = new LinkedHashMap<>();
    for (String key : expected.propertyNames()) {
      String[] parts = key.substring(1).split("_", -1);
      Manifolds.Boundary boundary = Manifolds.Boundary.valueOf(parts[1].toUpperCase(Locale.ROOT));
      int k = Integer.parseInt(parts[0]);
      got.put(key, named(Manifolds.compare(points(in, "real"), points(in, "fake"), k, boundary)));
    }
    return got;
  }

  private static Map<String, Object> named(Manifolds manifolds) {
    return Map.of(
        "precision", manifolds.precision(),
        "recall", manifolds.recall(),
        "density", manifolds.density(),
        "coverage", manifolds.coverage());
  }

  /** Two sets of 10 000 normal points in 1000 dimensions. */
  static Map<String, Object> equalGaussians() {
    return named(
        Manifolds.compare(
            Clouds.normal(10_000, 1000, 0, 1),
            Clouds.normal(10_000, 1000, 0, 2),
            5,
            Manifolds.Boundary.STRICT));
  }

  static Map<String, Object> twoPoints(JsonNode in) {
    return Map.of("fd", Frechet.distance(repeated(in, "real"), repeated(in, "fake")));
  }

  /** Rows [x, y, repetitions]. */
  private static Points repeated(JsonNode in, String name) {
    return Points.of(
        Stream.of(rows(in, name))
            .flatMap(
                row -> Stream.generate(() -> new double[] {row[0], row[1]}).limit((long) row[2]))
            .toArray(double[][]::new));
  }

  static Map<String, Object> neighbours(JsonNode in) {
    var accuracy = TwoSample.neighbourAccuracy(points(in, "real"), points(in, "fake"));
    return Map.of(
        "acc", accuracy.accuracy(), "acc_real", accuracy.real(), "acc_fake", accuracy.fake());
  }

  static Map<String, Object> mmd(JsonNode in) {
    TwoSample.Mmd mmd = TwoSample.mmd(points(in, "x"), points(in, "y"));
    return Map.of(
        "unbiased", mmd.unbiased(),
        "biased_V", mmd.biased(),
        "u_statistic", mmd.uStatistic(),
        "sigma_median", mmd.sigma());
  }

  static Map<String, Object> energy(JsonNode in) {
    TwoSample.Energy plane = TwoSample.energy(points(in, "x"), points(in, "y"));
    double line = TwoSample.energy(points(in, "x1"), points(in, "y1")).v();
    return Map.of("V", plane.v(), "U", plane.u(), "V_1d", line, "sqrtV_1d", Math.sqrt(line));
  }

  static Map<String, Object> line(JsonNode in) {
    return Map.of(
        "w1", Wasserstein.line(row(in, "x"), row(in, "y"), 1),
        "w2", Wasserstein.line(row(in, "x"), row(in, "y"), 2));
  }

  static Map<String, Object> plane(JsonNode in) {
    Points x = points(in, "x");
    Points y = points(in, "y");
    Points directions =
        Points.of(
            Arrays.stream(row(in, "angles"))
                .mapToObj(a -> new double[] {Math.cos(a), Math.sin(a)})
                .toArray(double[][]::new));
    return Map.of(
        "w1", Wasserstein.exact(x, y, 1),
        "sw1", Wasserstein.sliced(x, y, directions, 1),
        "w2", Wasserstein.exact(x, y, 2),
        "sw2", Wasserstein.sliced(x, y, directions, 2));
  }

  static Map<String, Object> histograms(JsonNode in) {
    Histogram p = Histogram.of(row(in, "p"));
    Histogram q = Histogram.of(row(in, "q"));
    Histogram r = Histogram.of(row(in, "r"));
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("kl_pq", p.kl(q));
    got.put("kl_qp", q.kl(p));
    got.put("js", p.js(q));
    got.put("js_bits", p.js(q) / Math.log(2));
    got.put("js_dist", Math.sqrt(p.js(q)));
    got.put("tv", p.variation(q));
    got.put("hellinger", p.hellinger(q));
    got.put("chi2", p.chiSquare(q));
    got.put("entropy_p", p.entropy());
    got.put("effective_classes_p", p.effectiveClasses());
    got.put("kl_pr", p.kl(r));
    got.put("js_pr", p.js(r));
    got.put("class_coverage_r", r.classCoverage());
    return got;
  }

  static Map<String, Object> mauve(JsonNode in) {
    Histogram p = Histogram.of(row(in, "p_counts"));
    Histogram q = Histogram.of(row(in, "q_counts"));
    return Map.of("mauve", Mauve.score(p, q), "frontier_integral", Mauve.frontierIntegral(p, q));
  }

  static Map<String, Object> vendi(JsonNode in) {
    return Map.of("vendi", Vendi.score(points(in, "x")));
  }

  static Map<String, Object> largestGap(JsonNode in) {
    return Map.of("d", KolmogorovSmirnov.distance(row(in, "x"), row(in, "y")));
  }
}
