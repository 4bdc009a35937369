package dev.assay.plugins.vae.beta;

import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Condition;
import dev.assay.plugins.vae.Objective;
import dev.assay.plugins.vae.Recipe;
import dev.assay.plugins.vae.Training;
import dev.assay.spi.Param;

/** Training configuration of the β-VAE. */
public record BetaVaeConfig(
    @Param(doc = "Dimensions of the latent space.", value = "8", min = 1, max = 4096) int latent,
    Architecture architecture,
    Training training,
    @Param(doc = "Weight β of the KL term.", value = "4", min = 0, max = 1e6) double beta,
    @Param(
            doc = "Updates over which the weight of the KL term rises from 0 to beta; 0 for none.",
            value = "0",
            min = 0,
            max = 1e9)
        long klWarmup) {
  Recipe recipe() {
    return new Recipe(
        latent, architecture, training, klWarmup, Condition.none(), Objective.evidence(beta));
  }
}
