/** Mixture of products of Bernoullis, for binary images, by expectation-maximisation. */
@NullMarked
package dev.assay.plugins.statistical.bernoullimixture;

import org.jspecify.annotations.NullMarked;
