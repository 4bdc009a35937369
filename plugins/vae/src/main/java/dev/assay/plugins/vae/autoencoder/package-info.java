/**
 * The autoencoder, and a mixture fitted to its codes so that it samples. Hinton and Salakhutdinov
 * 2006.
 *
 * <p>May import: {@code dev.assay.plugins.vae}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.vae.autoencoder;

import org.jspecify.annotations.NullMarked;
