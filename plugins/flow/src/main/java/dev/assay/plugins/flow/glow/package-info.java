/**
 * Glow: actnorm, invertible 1×1 convolutions and affine couplings. Kingma and Dhariwal 2018.
 *
 * <p>May import: {@code dev.assay.plugins.flow}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.plugins.flow.glow;

import org.jspecify.annotations.NullMarked;
