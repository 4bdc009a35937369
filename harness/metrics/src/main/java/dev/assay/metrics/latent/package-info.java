/**
 * Whether codes tell the factors of variation apart, as pure functions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}, {@code dev.assay.tensor} for random numbers.
 */
@NullMarked
package dev.assay.metrics.latent;

import org.jspecify.annotations.NullMarked;
