package dev.assay.plugins.transformer.bert;

import dev.assay.spi.Param;

/** How classes are drawn. */
public record ClassifierSampler(
    @Param(doc = "Whether to take the likeliest class each time.", value = "false")
        boolean greedy) {}
