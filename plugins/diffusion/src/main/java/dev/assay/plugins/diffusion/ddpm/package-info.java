/**
 * Denoising diffusion probabilistic models: Ho et al. 2020, with the samplers of Song et al. 2021
 * (DDIM) and Lu et al. 2022 (DPM-Solver++).
 *
 * <p>May import: {@code dev.assay.plugins.diffusion}, {@code dev.assay.spi}, {@code dev.assay.nn}
 * and {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.diffusion.ddpm;

import org.jspecify.annotations.NullMarked;
