/**
 * What diffusion models and flow matching share: networks that look at noisy examples, their
 * training, sampling by linear updates, and likelihoods along an ordinary differential equation.
 * Each paper has a package of its own.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.diffusion;

import org.jspecify.annotations.NullMarked;
