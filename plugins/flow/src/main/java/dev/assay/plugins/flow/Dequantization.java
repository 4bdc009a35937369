package dev.assay.plugins.flow;

/** How the whole levels of an image become real numbers, which densities are of. */
public enum Dequantization {
  /** By uniform noise. Uria et al. 2013, §2; Theis et al. 2016, §3.1. */
  UNIFORM,
  /** By noise that is learned beside the flow: {@link Dequantizer}. Ho et al. 2019, §3.1. */
  VARIATIONAL
}
