package dev.assay.plugins.statistical.bernoullimixture;

/** Ancestral sampling: a component, then its pixels. It has no settings. */
public record BernoulliMixtureSampler() {}
