package dev.assay.plugins.statistical.copula;

/** Correlated normals, each carried to the margin of its column. It has no settings. */
public record CopulaSampler() {}
