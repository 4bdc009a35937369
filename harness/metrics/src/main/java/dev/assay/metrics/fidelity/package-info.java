/**
 * How close samples are to held-out data in the space where distances stand for content: features
 * of images, standardised columns of tables.
 *
 * <p>May import: the JDK, {@code dev.assay.spi}, {@code dev.assay.metrics} and its definitions in
 * {@code distribution}.
 */
@NullMarked
package dev.assay.metrics.fidelity;

import org.jspecify.annotations.NullMarked;
