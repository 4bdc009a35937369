/**
 * Variational autoencoders.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.vae;

import org.jspecify.annotations.NullMarked;
