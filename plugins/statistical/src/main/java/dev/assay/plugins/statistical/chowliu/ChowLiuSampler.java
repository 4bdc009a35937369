package dev.assay.plugins.statistical.chowliu;

/** Ancestral sampling: the root, then each pixel given its parent. It has no settings. */
public record ChowLiuSampler() {}
