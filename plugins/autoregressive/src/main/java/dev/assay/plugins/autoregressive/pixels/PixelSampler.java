package dev.assay.plugins.autoregressive.pixels;

import dev.assay.spi.Param;

/**
 * How images are drawn.
 *
 * @param temperature divides the logits of every pixel
 */
public record PixelSampler(
    @Param(
            doc = "Divides the logits of each pixel; below 1, images are more typical.",
            value = "1.0",
            min = 0.01,
            max = 100)
        double temperature) {}
