package dev.assay.plugins.template;

import dev.assay.spi.Param;

/**
 * How the network is trained.
 *
 * @param batch images of one update
 * @param learningRate step size of Adam
 */
public record FvsbnConfig(
    @Param(doc = "Images of one update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Step size of Adam.", value = "0.01", min = 1e-8, max = 1) double learningRate) {}
