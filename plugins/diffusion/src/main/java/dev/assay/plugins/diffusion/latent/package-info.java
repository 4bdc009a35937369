/**
 * Latent diffusion: Rombach et al. 2022, a diffusion model of the codes of a trained autoencoder.
 *
 * <p>May import: {@code dev.assay.plugins.diffusion}, its {@code ddpm}, {@code dev.assay.spi},
 * {@code dev.assay.nn} and {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.diffusion.latent;

import org.jspecify.annotations.NullMarked;
