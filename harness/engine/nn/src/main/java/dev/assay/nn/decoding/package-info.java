/**
 * Drawing sequences from any model that gives next-token logits one token at a time: the choice of
 * a token, the loop around it, and beam search.
 *
 * <p>May import: {@code dev.assay.tensor}, for random streams and compiled networks.
 */
@NullMarked
package dev.assay.nn.decoding;

import org.jspecify.annotations.NullMarked;
