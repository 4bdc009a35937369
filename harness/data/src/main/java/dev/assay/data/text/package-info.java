/**
 * Tokenizers: text as integers and back.
 *
 * <p>May import: the JDK, {@code dev.assay.data} and {@code dev.assay.spi}.
 */
@NullMarked
package dev.assay.data.text;

import org.jspecify.annotations.NullMarked;
