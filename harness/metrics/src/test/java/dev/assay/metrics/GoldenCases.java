package dev.assay.metrics;

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
    JsonNode expected = golden.get("expected");
    return Optional.ofNullable(
        switch (golden.get("id").asString()) {
          case "frechet_gaussians" -> GoldenDistribution.gaussians(in);
          case "frechet_samples" -> GoldenDistribution.frechetOfSamples(in);
          case "frechet_rank_deficient" -> GoldenDistribution.rankDeficient(in);
          case "fid_infinity" -> GoldenDistribution.infinity(in);
          case "kid_poly" -> GoldenDistribution.kernel(in);
          case "inception_score" -> GoldenDistribution.inceptionScore(in);
          case "prdc" -> GoldenDistribution.manifolds(in, expected);
          case "pub_frechet_two_point" -> GoldenDistribution.twoPoints(in);
          case "pub_prdc_gaussian_statistical" -> GoldenDistribution.equalGaussians();
          case "c2st_1nn" -> GoldenDistribution.neighbours(in);
          case "mmd_rbf" -> GoldenDistribution.mmd(in);
          case "energy_distance" -> GoldenDistribution.energy(in);
          case "wasserstein_1d" -> GoldenDistribution.line(in);
          case "wasserstein_nd" -> GoldenDistribution.plane(in);
          case "histogram_divergences" -> GoldenDistribution.histograms(in);
          case "mauve_histograms" -> GoldenDistribution.mauve(in);
          case "vendi" -> GoldenDistribution.vendi(in);
          case "ks_two_sample" -> GoldenDistribution.largestGap(in);
          case "bits_per_dim" -> GoldenLikelihood.bitsPerDim(in);
          case "perplexity_units" -> GoldenLikelihood.units(in);
          case "discretized_logistic" -> GoldenLikelihood.pixels(in);
          case "gaussian_kl" -> GoldenLikelihood.divergences(in);
          case "logmeanexp_stable" -> GoldenLikelihood.weights(in);
          case "gmm_loglik_em" -> GoldenModels.mixture(in);
          case "hmm_discrete" -> GoldenModels.markov(in);
          case "kde_gaussian" -> GoldenModels.kernels(in);
          case "ngram_char" -> GoldenModels.bigrams(in);
          case "ppca_elbo_iwae" -> GoldenModels.bounds(in);
          case "rbm_exact" -> GoldenModels.boltzmann(in);
          case "ais_weights" -> GoldenModels.annealed(in);
          case "ddpm_terms" -> GoldenModels.diffusion(in);
          case "rq_spline" -> GoldenModels.spline(in);
          case "bleu_corpus" -> GoldenText.bleu(in);
          case "chrf_corpus" -> GoldenText.chrf(in);
          case "rouge" -> GoldenText.rouge(in);
          case "wer_cer" -> GoldenText.errorRates(in);
          case "distinct_selfbleu" -> GoldenText.diversity(in);
          case "pub_sacrebleu_corpus" -> GoldenText.publishedBleu(in, expected);
          case "pub_sacrebleu_corpus_run" -> GoldenText.publishedRun(in);
          case "pub_sacrebleu_sentence" -> GoldenText.publishedSentence(in, expected);
          case "pub_tokenizer_13a" -> GoldenText.tokenizer(expected);
          case "pub_chrf" -> GoldenText.publishedChrf(expected);
          case "pub_ter" -> GoldenText.publishedTer(expected);
          case "pub_rouge" -> GoldenText.publishedRouge(expected);
          case "pub_wer" -> GoldenText.publishedErrorRates(expected);
          case "retrieval" -> GoldenUses.ranking(in);
          case "answer_overlap" -> GoldenUses.answers(in);
          case "clipscore_like" -> GoldenUses.embeddings(in);
          case "auroc_aupr" -> GoldenUses.detection(in);
          case "calibration" -> GoldenUses.calibration(in);
          case "privacy" -> GoldenUses.privacy(in);
          case "tstr" -> GoldenUses.trainSynthetic(in);
          case "tabular_fidelity" -> GoldenUses.columns(in);
          case "disentanglement" -> GoldenUses.codes(in);
          case "pub_dci" -> GoldenUses.publishedCodes(expected);
          case "psnr_ssim" -> GoldenUses.images(in);
          case "audio" -> GoldenUses.sound(in);
          case "stats_protocol" -> GoldenProtocol.statistics(in);
          case "rlhf" -> GoldenProtocol.preferences(in);
          default -> null;
        });
  }
}
