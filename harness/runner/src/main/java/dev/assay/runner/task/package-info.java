/**
 * What a trained model can be put to beyond samples and scores: completing, reconstructing,
 * interpolating, telling outliers. Each task asks for the capability it needs, and gives numbers
 * and pictures.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.tensor}, {@code dev.assay.runner} itself
 * and the JDK.
 */
@NullMarked
package dev.assay.runner.task;

import org.jspecify.annotations.NullMarked;
