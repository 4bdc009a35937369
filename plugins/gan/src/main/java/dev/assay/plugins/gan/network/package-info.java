/**
 * What generators and critics are built from: forms of data, convolutional networks of any image
 * size, spectral normalisation.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor}; never the
 * runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.gan.network;

import org.jspecify.annotations.NullMarked;
