/**
 * Wasserstein GAN with clipped weights.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and the
 * family's {@code game} and {@code network}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.gan.wgan;

import org.jspecify.annotations.NullMarked;
