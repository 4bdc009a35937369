package dev.assay.plugins.vae;

import dev.assay.spi.Param;

/** How samples are drawn from a trained variational autoencoder, and how examples are completed. */
public record VaeSampler(
    @Param(
            doc =
                "Standard deviation of the prior that latents are drawn from; 1 is the model itself.",
            value = "1",
            min = 0,
            max = 10)
        double temperature,
    @Param(
            doc = "Of completions: how often what is unknown is encoded and drawn anew.",
            value = "20",
            min = 1,
            max = 10000)
        int sweeps) {}
