package dev.assay.plugins.autoregressive.pixels;

/**
 * How a network is trained: by Adam at a constant step size; scores and samples are those of the
 * averaged weights.
 *
 * @param batch images of one update
 * @param learningRate step size
 * @param dropout rate, where the network drops
 * @param average decay of the moving average of weights; 0 for the weights themselves
 */
public record Training(int batch, double learningRate, double dropout, double average) {}
