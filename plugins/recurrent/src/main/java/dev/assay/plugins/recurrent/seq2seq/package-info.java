/**
 * Recurrent encoder and decoder with attention, from text to text.
 *
 * <p>May import: {@code dev.assay.spi} with its {@code text} and {@code pairs}, {@code
 * dev.assay.nn}, {@code dev.assay.tensor} and this module's {@code cell}; never the runner, never
 * another plugin.
 */
@NullMarked
package dev.assay.plugins.recurrent.seq2seq;

import org.jspecify.annotations.NullMarked;
