/**
 * Autoencoders, each paper in a package of its own. This package holds what they share: networks,
 * likelihoods, conditions, bounds, and the model that trains any objective.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.vae;

import org.jspecify.annotations.NullMarked;
