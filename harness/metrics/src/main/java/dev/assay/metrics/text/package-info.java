/**
 * Scores of generated text: against references, and of its own variety, as pure functions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.text;

import org.jspecify.annotations.NullMarked;
