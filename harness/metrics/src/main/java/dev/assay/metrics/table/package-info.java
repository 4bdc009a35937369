/**
 * How well a synthetic table stands in for a real one, as pure functions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.table;

import org.jspecify.annotations.NullMarked;
