/**
 * Metrics of texts that were drawn under a source, against the texts that belong to it:
 * translation, spelling and sound, commands and actions, questions and answers.
 *
 * <p>May import: the JDK, {@code dev.assay.spi}, {@code dev.assay.metrics} and its definitions in
 * {@code text} and {@code retrieval}.
 */
@NullMarked
package dev.assay.metrics.pairs;

import org.jspecify.annotations.NullMarked;
