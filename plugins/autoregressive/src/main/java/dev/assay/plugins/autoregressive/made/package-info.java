/**
 * Masked autoencoders for distribution estimation (MADE).
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and {@code
 * dev.assay.plugins.autoregressive.pixels}; no package of another model.
 */
@NullMarked
package dev.assay.plugins.autoregressive.made;

import org.jspecify.annotations.NullMarked;
