package dev.assay.plugins.vae.vqvae;

import dev.assay.spi.Param;

/** How codes are drawn from the prior. */
public record VqVaeSampler(
    @Param(
            doc = "The prior's log-probabilities are divided by it; 1 is the model itself.",
            value = "1",
            min = 0.01,
            max = 100)
        double temperature) {}
