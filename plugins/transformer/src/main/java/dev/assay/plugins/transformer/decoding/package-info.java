/**
 * Drawing text from any model that gives next-token logits one token at a time: the choice of a
 * token, and the loop around it.
 *
 * <p>May import: {@code dev.assay.tensor}, for random streams.
 */
@NullMarked
package dev.assay.plugins.transformer.decoding;

import org.jspecify.annotations.NullMarked;
