package dev.assay.plugins.vae;

import dev.assay.spi.Param;

/** How samples are drawn from a trained variational autoencoder. */
public record VaeSampler(
    @Param(
            doc =
                "Standard deviation of the prior that latents are drawn from; 1 is the model itself.",
            value = "1",
            min = 0,
            max = 10)
        double temperature) {}
