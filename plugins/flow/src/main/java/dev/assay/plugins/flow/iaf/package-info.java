/**
 * Inverse autoregressive flow. Kingma et al. 2016.
 *
 * <p>May import: {@code dev.assay.plugins.flow}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.plugins.flow.iaf;

import org.jspecify.annotations.NullMarked;
