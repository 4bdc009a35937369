/**
 * Definitions of distances between distributions and of their support, as pure functions of points.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}, EJML.
 */
@NullMarked
package dev.assay.metrics.distribution;

import org.jspecify.annotations.NullMarked;
