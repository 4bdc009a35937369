/**
 * One class per metric; each declares its unit, direction, range and signature.
 *
 * <p>May import: the JDK, {@code dev.assay.spi} and what that exposes. Found by the runner through
 * {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.assay.metrics;

import org.jspecify.annotations.NullMarked;
