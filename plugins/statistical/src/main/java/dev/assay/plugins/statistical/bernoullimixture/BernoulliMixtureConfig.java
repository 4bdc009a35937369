package dev.assay.plugins.statistical.bernoullimixture;

import dev.assay.spi.Param;

/**
 * A mixture of Bernoullis, and when its training has converged.
 *
 * @param components how many
 * @param smoothing pseudo-count of a bright and of a dark pixel, in each component
 * @param tolerance gain of one sweep below which training has converged, nats per image
 */
public record BernoulliMixtureConfig(
    @Param(doc = "Number of components.", value = "20", min = 1, max = 100000) int components,
    @Param(
            doc = "Count added to bright and to dark pixels, in each component.",
            value = "0.1",
            min = 1e-6,
            max = 1e6)
        double smoothing,
    @Param(
            doc = "Training has converged when a sweep gains less than this, in nats per image.",
            value = "1e-3",
            min = 0,
            max = 100)
        double tolerance) {}
