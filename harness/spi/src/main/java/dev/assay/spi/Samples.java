package dev.assay.spi;

/** Drawn values, in the order of the request. */
public record Samples(Values values) {}
