/**
 * The encoder and decoder of Vaswani et al. 2017, from text to text.
 *
 * <p>May import: {@code dev.assay.spi} with its {@code text} and {@code pairs}, {@code
 * dev.assay.nn} and {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.transformer.translation;

import org.jspecify.annotations.NullMarked;
