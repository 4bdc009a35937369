/**
 * Low-rank adapters (Hu et al. 2022) and rounded weights: how a transformer is tuned from its
 * parent.
 *
 * <p>May import: {@code dev.assay.spi} and its {@code text}, and {@code dev.assay.nn}; never the
 * runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.transformer.lora;

import org.jspecify.annotations.NullMarked;
