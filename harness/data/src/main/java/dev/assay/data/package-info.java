/**
 * The dataset catalogue, readers, preprocessing, tokenizers and synthetic data with known
 * densities. Datasets reach the runner through {@link java.util.ServiceLoader}; this package itself
 * has what they share.
 *
 * <p>May import: the JDK and {@code dev.assay.spi} with what that exposes.
 */
@NullMarked
package dev.assay.data;

import org.jspecify.annotations.NullMarked;
