/**
 * BigGAN at the scale of a CPU: class-conditional residual players.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and the
 * family's {@code game} and {@code network}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.gan.biggan;

import org.jspecify.annotations.NullMarked;
