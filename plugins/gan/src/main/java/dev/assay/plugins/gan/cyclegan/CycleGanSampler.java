package dev.assay.plugins.gan.cyclegan;

/** A training image of the other set, translated. It has no settings. */
public record CycleGanSampler() {}
