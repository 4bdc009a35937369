package dev.assay.plugins.vae.iwae;

import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Condition;
import dev.assay.plugins.vae.Recipe;
import dev.assay.plugins.vae.Training;
import dev.assay.spi.Param;

/** Training configuration of the importance-weighted autoencoder. */
public record IwaeConfig(
    @Param(doc = "Dimensions of the latent space.", value = "8", min = 1, max = 4096) int latent,
    Architecture architecture,
    Training training,
    @Param(doc = "k: draws of z for each example.", value = "10", min = 1, max = 1024) int draws) {
  Recipe recipe() {
    return new Recipe(
        latent, architecture, training, 0, Condition.none(), ImportanceWeighted.objective(draws));
  }
}
