/**
 * WaveNet over sound and other sequences of tokens (van den Oord et al. 2016), with cached sampling
 * (Paine et al. 2016).
 *
 * <p>May import: {@code dev.assay.spi} and its {@code text}, {@code dev.assay.nn} and its {@code
 * decoding}, and {@code dev.assay.tensor}; no package of another model.
 */
@NullMarked
package dev.assay.plugins.autoregressive.wavenet;

import org.jspecify.annotations.NullMarked;
