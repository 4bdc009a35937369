package dev.assay.runner.experiment;

import dev.assay.spi.Param;
import java.util.List;

/** How a trained model is judged: the key {@code score}. */
public record ScoreSettings(
    @Param(doc = "Metrics by id; every one that fits the data unless given.", value = "[]")
        List<String> metrics,
    @Param(doc = "Samples drawn from each sampler.", value = "1000", min = 0, max = 1e7)
        int samples,
    @Param(
            doc = "K of importance-weighted likelihood bounds (IWAE).",
            value = "100",
            min = 1,
            max = 1e6)
        int importanceSamples,
    @Param(doc = "Seed of sampling and scoring.", value = "1", min = 0, max = 4294967295d)
        long seed,
    @Param(
            doc = "Datasets whose test examples outlier-auroc tells from those at hand.",
            value = "[]")
        List<String> outliers,
    @Param(
            doc = "Temperatures of the chains by which ais estimates likelihoods; 0 for none.",
            value = "0",
            min = 0,
            max = 1e6)
        int annealing) {
  public ScoreSettings {
    metrics = List.copyOf(metrics);
    outliers = List.copyOf(outliers);
  }

  /** Without outliers and annealing. */
  public ScoreSettings(List<String> metrics, int samples, int importanceSamples, long seed) {
    this(metrics, samples, importanceSamples, seed, List.of(), 0);
  }
}
