/**
 * From a dataset to what a model trains on and is scored on: splits, preprocessing fitted on the
 * training part alone, batches in reproducible random order, and the way back to raw units.
 *
 * <p>May import: the JDK, {@code dev.assay.data}, {@code dev.assay.data.text} and {@code
 * dev.assay.spi} with what that exposes.
 */
@NullMarked
package dev.assay.data.prepare;

import org.jspecify.annotations.NullMarked;
