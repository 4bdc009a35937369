/**
 * What samples and likelihoods give away about single training rows, as pure functions.
 *
 * <p>May import: the JDK, {@code dev.assay.metrics}.
 */
@NullMarked
package dev.assay.metrics.privacy;

import org.jspecify.annotations.NullMarked;
