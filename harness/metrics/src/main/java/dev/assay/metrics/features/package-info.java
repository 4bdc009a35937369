/**
 * Features of images for metrics: a small classifier, trained on the labelled data at hand.
 *
 * <p>May import: the JDK, {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.metrics.features;

import org.jspecify.annotations.NullMarked;
