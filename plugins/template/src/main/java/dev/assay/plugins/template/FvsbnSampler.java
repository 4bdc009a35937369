package dev.assay.plugins.template;

import dev.assay.spi.Param;

/**
 * How images are drawn.
 *
 * @param temperature divides the log-odds of every pixel
 */
public record FvsbnSampler(
    @Param(
            doc = "Divides the log-odds of each pixel; below 1, images are more typical.",
            value = "1.0",
            min = 0.01,
            max = 100)
        double temperature) {}
