/** Mixture of Gaussians, by expectation-maximisation. */
@NullMarked
package dev.assay.plugins.statistical.gmm;

import org.jspecify.annotations.NullMarked;
