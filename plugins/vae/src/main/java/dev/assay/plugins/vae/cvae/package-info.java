/**
 * The conditional variational autoencoder. Sohn, Lee and Yan 2015.
 *
 * <p>May import: {@code dev.assay.plugins.vae}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.vae.cvae;

import org.jspecify.annotations.NullMarked;
