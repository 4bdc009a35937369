package dev.assay.plugins.autoregressive.pixels;

import dev.assay.spi.Param;

/**
 * How a network is trained: by Adam at a constant step size; scores and samples are those of the
 * averaged weights.
 */
public record Training(
    @Param(
            doc = "Dropout rate within the network, while training.",
            value = "0",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(doc = "Images of one update.", value = "32", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
    @Param(
            doc =
                "Largest decay of the average of weights that scores and samples come from, which"
                    + " after n updates is n / (n + 9); 0 for the weights themselves.",
            value = "0.999",
            min = 0,
            max = 0.999999)
        double average) {}
