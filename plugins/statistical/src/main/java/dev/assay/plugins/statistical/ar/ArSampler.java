package dev.assay.plugins.statistical.ar;

/** Step by step, each with noise of its own. It has no settings. */
public record ArSampler() {}
