/**
 * Metrics that ask a trained model: what its scores of other examples give away, and what its codes
 * keep.
 *
 * <p>May import: the JDK, {@code dev.assay.spi}, {@code dev.assay.metrics} and its definitions in
 * {@code classification}, {@code image}, {@code latent} and {@code likelihood}.
 */
@NullMarked
package dev.assay.metrics.probing;

import org.jspecify.annotations.NullMarked;
