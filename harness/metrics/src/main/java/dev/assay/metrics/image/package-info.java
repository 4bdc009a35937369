/**
 * Distances between two images of one scene, as pure functions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.image;

import org.jspecify.annotations.NullMarked;
