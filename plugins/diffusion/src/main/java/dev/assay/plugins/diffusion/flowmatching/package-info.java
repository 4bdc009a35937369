/**
 * Flow matching: Lipman et al. 2023, with straight paths.
 *
 * <p>May import: {@code dev.assay.plugins.diffusion}, {@code dev.assay.spi}, {@code dev.assay.nn}
 * and {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.diffusion.flowmatching;

import org.jspecify.annotations.NullMarked;
