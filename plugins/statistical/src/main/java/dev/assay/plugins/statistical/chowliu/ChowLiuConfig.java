package dev.assay.plugins.statistical.chowliu;

import dev.assay.spi.Param;

/** How counts become probabilities. */
public record ChowLiuConfig(
    @Param(
            doc = "Count added to each pair of pixels, spread evenly over their levels.",
            value = "1",
            min = 1e-6,
            max = 1e6)
        double smoothing) {}
