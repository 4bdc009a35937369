/**
 * Runs the cells of a plan: training until the budget ends, checkpoints and resuming, sampling,
 * scoring, metrics, records.
 *
 * <p>May import: {@code dev.assay.runner.experiment}, {@code dev.assay.spi}, {@code
 * dev.assay.store}, {@code dev.assay.tensor}, Jackson.
 */
@NullMarked
package dev.assay.runner.execute;

import org.jspecify.annotations.NullMarked;
