package dev.assay.plugins.statistical.kde;

import dev.assay.spi.Param;

/** Kernel density estimation: its width, and what it may cost. */
public record KdeConfig(
    @Param(
            doc =
                "Deviation of each kernel, in units of each column's deviation;"
                    + " 0 finds the one of the largest leave-one-out likelihood.",
            value = "0",
            min = 0,
            max = 1000)
        double bandwidth,
    @Param(
            doc = "Training examples that carry a kernel at most; a random choice of more.",
            value = "10000",
            min = 2,
            max = 1e7)
        int centres,
    @Param(
            doc = "Kernels left out, one at a time, to find the bandwidth, at most.",
            value = "2000",
            min = 2,
            max = 1e7)
        int heldOut,
    @Param(
            doc = "Training has converged when a sweep gains less than this, in nats per example.",
            value = "1e-4",
            min = 0,
            max = 1)
        double tolerance) {}
