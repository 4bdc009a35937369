package dev.assay.plugins.vae.original;

import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Condition;
import dev.assay.plugins.vae.Objective;
import dev.assay.plugins.vae.Recipe;
import dev.assay.plugins.vae.Training;
import dev.assay.spi.Param;

/** Training configuration of the variational autoencoder. */
public record VaeConfig(
    @Param(doc = "Dimensions of the latent space.", value = "8", min = 1, max = 4096) int latent,
    Architecture architecture,
    Training training,
    @Param(
            doc = "Updates over which the weight of the KL term rises from 0 to 1; 0 for none.",
            value = "0",
            min = 0,
            max = 1e9)
        long klWarmup) {
  Recipe recipe() {
    return new Recipe(
        latent, architecture, training, klWarmup, Condition.none(), Objective.evidence(1));
  }
}
