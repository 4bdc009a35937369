/**
 * The VQ-VAE: codes of few values, and a model of their order. van den Oord et al. 2017.
 *
 * <p>May import: {@code dev.assay.plugins.vae}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.vae.vqvae;

import org.jspecify.annotations.NullMarked;
