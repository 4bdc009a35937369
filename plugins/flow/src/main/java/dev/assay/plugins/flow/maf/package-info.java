/**
 * Masked autoregressive flow. Papamakarios, Pavlakou and Murray 2017.
 *
 * <p>May import: {@code dev.assay.plugins.flow}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.plugins.flow.maf;

import org.jspecify.annotations.NullMarked;
