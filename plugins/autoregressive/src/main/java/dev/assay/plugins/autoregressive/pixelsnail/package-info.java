/**
 * PixelSNAIL: causal convolutions and attention in turn.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and {@code
 * dev.assay.plugins.autoregressive.pixels}; no package of another model.
 */
@NullMarked
package dev.assay.plugins.autoregressive.pixelsnail;

import org.jspecify.annotations.NullMarked;
