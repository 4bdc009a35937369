package dev.assay.plugins.vae.autoencoder;

import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Training;
import dev.assay.spi.Param;

/** Training configuration of the autoencoder and of the mixture of its codes. */
public record AutoencoderConfig(
    @Param(doc = "Dimensions of a code.", value = "8", min = 1, max = 4096) int latent,
    Architecture architecture,
    Training training,
    @Param(
            doc = "Gaussians of the mixture that codes are sampled from.",
            value = "32",
            min = 1,
            max = 4096)
        int components) {}
