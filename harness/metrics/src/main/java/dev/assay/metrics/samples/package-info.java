/**
 * Metrics of samples of tables, images, texts and sounds, with what they say found in their
 * definitions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics} and its packages of definitions. Found by the
 * runner through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.assay.metrics.samples;

import org.jspecify.annotations.NullMarked;
