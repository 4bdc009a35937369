/**
 * Losses and estimators of learning from preferences, in double precision.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.preference;

import org.jspecify.annotations.NullMarked;
