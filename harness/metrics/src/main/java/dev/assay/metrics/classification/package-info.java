/**
 * Scores of detectors and of predicted probabilities, as pure functions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.classification;

import org.jspecify.annotations.NullMarked;
