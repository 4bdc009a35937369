/**
 * Classical statistical generators, each in a package of its own: independent marginals, kernels,
 * trees, copulas, Gaussian and Bernoulli mixtures, probabilistic PCA, autoregression, Markov
 * chains, n-grams. This package holds what several of them use.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.statistical;

import org.jspecify.annotations.NullMarked;
