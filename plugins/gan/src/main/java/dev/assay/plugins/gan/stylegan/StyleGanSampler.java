package dev.assay.plugins.gan.stylegan;

import dev.assay.spi.Param;

/** How images are drawn. */
public record StyleGanSampler(
    @Param(
            doc =
                "Truncation ψ: how far w goes from its mean; below 1, images are more typical and"
                    + " less diverse.",
            value = "1",
            min = 0,
            max = 2)
        double psi) {}
