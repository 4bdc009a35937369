package dev.assay.plugins.flow;

import dev.assay.spi.Param;

/** How samples are drawn from a trained flow. */
public record FlowSampler(
    @Param(
            doc = "Factor of the latents before they are decoded; 1 is the model itself.",
            value = "1",
            min = 0,
            max = 10)
        double temperature) {}
