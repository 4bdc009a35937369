package dev.assay.plugins.flow;

import dev.assay.spi.Param;

/** How samples are drawn from a trained flow. */
public record FlowSampler(
    @Param(
            doc =
                "Factor of the latents before they are decoded; 1 is the model itself, less gives"
                    + " cleaner and less varied examples.",
            value = "1",
            min = 0,
            max = 10)
        double temperature,
    @Param(
            doc = "Completions: steps of the Markov chain; more come nearer to p(unknown | known).",
            value = "300",
            min = 0,
            max = 1e6)
        int steps) {}
