package dev.assay.plugins.statistical.gmm;

/** Ancestral sampling: a component, then a point of it. It has no settings. */
public record GmmSampler() {}
