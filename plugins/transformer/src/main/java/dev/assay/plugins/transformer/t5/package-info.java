/**
 * T5 (Raffel et al. 2020): an encoder and a decoder that know places by distances, trained to tell
 * hidden spans of text and to do tasks from text to text.
 *
 * <p>May import: the encoder and decoder of {@code translation}, {@code dev.assay.spi} with its
 * {@code text} and {@code pairs}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never the
 * runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.transformer.t5;

import org.jspecify.annotations.NullMarked;
