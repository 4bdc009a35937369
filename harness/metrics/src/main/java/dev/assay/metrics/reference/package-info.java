/**
 * Small exact models in double precision, to hold learnt models and bounds against.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}, EJML.
 */
@NullMarked
package dev.assay.metrics.reference;

import org.jspecify.annotations.NullMarked;
