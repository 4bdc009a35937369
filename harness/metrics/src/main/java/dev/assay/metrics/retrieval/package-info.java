/**
 * Scores of ranked lists, of paired embeddings and of answers drawn from a text.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.retrieval;

import org.jspecify.annotations.NullMarked;
