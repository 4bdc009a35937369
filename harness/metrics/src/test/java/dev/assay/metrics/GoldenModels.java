package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.integers;
import static dev.assay.metrics.GoldenInputs.number;
import static dev.assay.metrics.GoldenInputs.row;
import static dev.assay.metrics.GoldenInputs.rows;
import static dev.assay.metrics.GoldenInputs.strings;

import dev.assay.metrics.likelihood.NormalDivergence;
import dev.assay.metrics.likelihood.Weights;
import dev.assay.metrics.reference.Bigrams;
import dev.assay.metrics.reference.GaussianMixture;
import dev.assay.metrics.reference.HiddenMarkov;
import dev.assay.metrics.reference.KernelDensity;
import dev.assay.metrics.reference.LinearGaussian;
import dev.assay.metrics.reference.NoiseSchedule;
import dev.assay.metrics.reference.RationalQuadratic;
import dev.assay.metrics.reference.RestrictedBoltzmann;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Golden cases of exact models. */
final class GoldenModels {
  private GoldenModels() {}

  static Map<String, Object> mixture(JsonNode in) {
    double[][][] covariances =
        in.get("covs")
            .valueStream()
            .map(matrix ->
                matrix
                    .valueStream()
                    .map(r -> r.valueStream().mapToDouble(JsonNode::asDouble).toArray())
                    .toArray(double[][]::new))
            .toArray(double[][][]::new);
    GaussianMixture mixture =
        new GaussianMixture(row(in, "weights"), rows(in, "means"), covariances);
    double[][] x = rows(in, "x");
    GaussianMixture next = mixture.step(x);
    return Map.of(
        "logp", mixture.logDensities(x),
        "mean", mean(mixture.logDensities(x)),
        "em_weights", next.weights(),
        "em_means", next.means(),
        "em_covs", List.of(next.covariances()),
        "mean_after", mean(next.logDensities(x)));
  }

  static Map<String, Object> markov(JsonNode in) {
    HiddenMarkov model = new HiddenMarkov(row(in, "start"), rows(in, "trans"), rows(in, "emit"));
    int[] observed = integers(in, "obs");
    HiddenMarkov.Path path = model.viterbi(observed);
    return Map.of(
        "loglik", model.logLikelihood(observed),
        "posterior", model.posterior(observed),
        "viterbi", Arrays.stream(path.states()).asDoubleStream().toArray(),
        "viterbi_logp", path.logProbability());
  }

  static Map<String, Object> kernels(JsonNode in) {
    double[][] x = rows(in, "x");
    KernelDensity density = KernelDensity.spherical(x, number(in, "h"));
    return Map.of(
        "logp", density.logDensities(rows(in, "q")),
        "loo_mean", density.leaveOneOut(),
        "scott_factor", KernelDensity.scottFactor(x.length, x[0].length),
        "scott_logp", KernelDensity.scott(x).logDensities(rows(in, "q")));
  }

  static Map<String, Object> bigrams(JsonNode in) {
    Bigrams bigrams =
        new Bigrams(
            strings(in, "train"),
            strings(in, "charset").stream()
                .map(character -> character.codePointAt(0))
                .collect(Collectors.toSet()));
    List<String> test = strings(in, "test");
    double added = Bigrams.nll(test, (a, b) -> bigrams.addK(a, b, number(in, "k")));
    double discounted = Bigrams.nll(test, (a, b) -> bigrams.kneserNey(a, b, number(in, "D")));
    return Map.of(
        "n_predictions", Bigrams.predictions(test),
        "vocab", bigrams.vocabulary(),
        "addk_nll", added,
        "addk_ppl", Math.exp(added),
        "addk_bits", added / Math.log(2),
        "kn_nll", discounted,
        "kn_ppl", Math.exp(discounted));
  }

  static Map<String, Object> bounds(JsonNode in) {
    LinearGaussian model = new LinearGaussian(rows(in, "W"), row(in, "mu"), number(in, "s2"));
    double[] x = row(in, "x");
    double[] m = row(in, "m");
    double[] sd = row(in, "sd");
    double[] weights =
        Arrays.stream(rows(in, "eps")).mapToDouble(e -> model.logWeight(x, m, sd, e)).toArray();
    double reconstruction = model.reconstruction(x, m, sd);
    double kl =
        NormalDivergence.toStandard(m, Arrays.stream(sd).map(s -> 2 * Math.log(s)).toArray());
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("log_px", model.logLikelihood(x));
    got.put("post_mean", model.posteriorMean(x));
    got.put("post_cov", model.posteriorCovariance());
    got.put("elbo", reconstruction - kl);
    got.put("reconstruction", reconstruction);
    got.put("kl", kl);
    got.put("log_weights", weights);
    got.put("mc_elbo", mean(weights));
    got.put("iwae", Weights.logMean(weights));
    return got;
  }

  static Map<String, Object> boltzmann(JsonNode in) {
    RestrictedBoltzmann machine =
        new RestrictedBoltzmann(rows(in, "W"), row(in, "b"), row(in, "c"));
    double logZ = machine.logPartition();
    double[][] states = rows(in, "v");
    return Map.of(
        "logZ", logZ,
        "free_energy", Arrays.stream(states).mapToDouble(machine::freeEnergy).toArray(),
        "logp", Arrays.stream(states).mapToDouble(v -> machine.logProbability(v, logZ)).toArray());
  }

  static Map<String, Object> annealed(JsonNode in) {
    double a = number(in, "a");
    double s = number(in, "s");
    double[] weights =
        Arrays.stream(rows(in, "chains"))
            .map(chain ->
                Arrays.stream(chain)
                    .map(x -> -(x - a) * (x - a) / (2 * s * s) + x * x / 2)
                    .toArray())
            .mapToDouble(gains -> Weights.annealed(row(in, "betas"), gains))
            .toArray();
    double logZ0 = Math.log(2 * Math.PI) / 2;
    return Map.of(
        "log_w", weights,
        "logZ_est", logZ0 + Weights.logMean(weights),
        "logZ_exact", logZ0 + Math.log(s));
  }

  static Map<String, Object> diffusion(JsonNode in) {
    int steps = in.get("T").asInt();
    return Map.of(
        "linear", terms(NoiseSchedule.linear(steps), in),
        "cosine", terms(NoiseSchedule.cosine(steps), in));
  }

  private static Map<String, Object> terms(NoiseSchedule schedule, JsonNode in) {
    int[] at = integers(in, "t");
    double start = number(in, "x0");
    double noisy = number(in, "xt");
    double noise = number(in, "eps_hat");
    int t = in.get("t_step").asInt();
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("beta", each(at, schedule::beta));
    got.put("abar", each(at, schedule::signal));
    got.put("post_var", each(at, schedule::posteriorVariance));
    got.put("coef_x0", each(at, schedule::startCoefficient));
    got.put("coef_xt", each(at, schedule::noisyCoefficient));
    got.put("logsnr", each(at, schedule::logSignalToNoise));
    got.put("x0_hat", schedule.start(t, noisy, noise));
    got.put("L_t", schedule.divergence(t, start, noisy, noise));
    got.put("prior_kl", schedule.priorDivergence(start));
    got.put("ddim", schedule.implicitStep(t, in.get("t_prev").asInt(), noisy, noise));
    return got;
  }

  static Map<String, Object> spline(JsonNode in) {
    RationalQuadratic spline =
        new RationalQuadratic(
            number(in, "B"), row(in, "widths"), row(in, "heights"), row(in, "derivs"));
    double[] x = row(in, "x");
    return Map.of(
        "y", Arrays.stream(x).map(v -> spline.at(v).y()).toArray(),
        "logdet", Arrays.stream(x).map(v -> spline.at(v).logSlope()).toArray());
  }

  private static double[] each(int[] steps, IntToDoubleFunction term) {
    return Arrays.stream(steps).mapToDouble(term).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
