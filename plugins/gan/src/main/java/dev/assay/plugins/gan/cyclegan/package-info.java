/**
 * CycleGAN: Zhu et al. 2017, translation between two sets of images without pairs.
 *
 * <p>May import: {@code dev.assay.plugins.gan.game}, {@code dev.assay.plugins.gan.network}, {@code
 * dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never the runner, never
 * another plugin.
 */
@NullMarked
package dev.assay.plugins.gan.cyclegan;

import org.jspecify.annotations.NullMarked;
