/**
 * The dataset catalogue, readers, preprocessing, tokenizers and synthetic data with known
 * densities.
 *
 * <p>May import: the JDK, commons-csv, {@code dev.assay.spi} and what that exposes. Found by the
 * runner through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.assay.data;

import org.jspecify.annotations.NullMarked;
