/**
 * Arithmetic of log-likelihoods: units, weights, bounds, divergences.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}, EJML.
 */
@NullMarked
package dev.assay.metrics.likelihood;

import org.jspecify.annotations.NullMarked;
