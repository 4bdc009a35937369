/**
 * StyleGAN2 at the scale of a CPU: mapping, modulated convolutions, noise and style mixing.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and the
 * family's {@code game} and {@code network}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.gan.stylegan;

import org.jspecify.annotations.NullMarked;
