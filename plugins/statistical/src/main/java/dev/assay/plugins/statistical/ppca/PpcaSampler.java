package dev.assay.plugins.statistical.ppca;

/** Ancestral sampling: a latent, then x. It has no settings. */
public record PpcaSampler() {}
