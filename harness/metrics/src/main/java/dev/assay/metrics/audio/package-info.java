/**
 * Scales and distances of sound, as pure functions of features.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.audio;

import org.jspecify.annotations.NullMarked;
