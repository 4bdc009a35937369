/**
 * What autoregressive models of images share: the distribution of one pixel, training, exact
 * scores, sampling and completion. A model adds its network.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; none of
 * the packages of single models.
 */
@NullMarked
package dev.assay.plugins.autoregressive.pixels;

import org.jspecify.annotations.NullMarked;
