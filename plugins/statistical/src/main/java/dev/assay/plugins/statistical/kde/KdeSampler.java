package dev.assay.plugins.statistical.kde;

/** A kernel, then a point of it. It has no settings. */
public record KdeSampler() {}
