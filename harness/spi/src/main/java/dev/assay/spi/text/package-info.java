/**
 * What models of text share: how documents and streams are sequences of tokens, and how samples are
 * drawn.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, its {@code decoding}, and {@code
 * dev.assay.tensor}.
 */
@NullMarked
package dev.assay.spi.text;

import org.jspecify.annotations.NullMarked;
