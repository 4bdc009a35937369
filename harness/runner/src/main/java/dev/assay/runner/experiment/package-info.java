/**
 * Experiment files: reading them strictly, resolving their ids, and planning the cells to run.
 *
 * <p>May import: {@code dev.assay.runner.yaml}, {@code dev.assay.spi} and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.runner.experiment;

import org.jspecify.annotations.NullMarked;
