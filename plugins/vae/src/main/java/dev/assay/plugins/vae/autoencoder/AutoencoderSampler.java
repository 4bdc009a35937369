package dev.assay.plugins.vae.autoencoder;

import dev.assay.spi.Param;

/** How codes are drawn. */
public record AutoencoderSampler(
    @Param(
            doc = "Factor on the deviations of the mixture's Gaussians; 1 is the mixture itself.",
            value = "1",
            min = 0,
            max = 10)
        double temperature) {}
