package dev.assay.plugins.gan.game;

import dev.assay.spi.Param;

/** How latents are drawn. */
public record TruncationSampler(
    @Param(
            doc =
                "Latents beyond this many standard deviations are drawn again: the lower, the more"
                    + " typical and the less diverse; 8 leaves the prior as it is.",
            value = "8",
            min = 0.01,
            max = 8)
        double truncation) {}
