/**
 * What models from text to text share: pairs as rows of tokens, training on batches of like length,
 * exact scores, and decoding. A model adds its network.
 *
 * <p>May import: {@code dev.assay.spi} and its {@code text}, {@code dev.assay.nn} and its {@code
 * decoding}, and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.spi.pairs;

import org.jspecify.annotations.NullMarked;
