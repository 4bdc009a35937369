package dev.assay.plugins.statistical.bagofwords;

import dev.assay.spi.Param;

/**
 * @param greedy whether to take the likeliest class each time
 */
public record BagOfWordsSampler(
    @Param(doc = "Whether to take the likeliest class each time.", value = "false")
        boolean greedy) {}
