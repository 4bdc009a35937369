/**
 * BERT (Devlin et al. 2019): a bidirectional transformer that fills in hidden tokens, and the
 * classifier that is fine-tuned from it.
 *
 * <p>May import: {@code dev.assay.spi} and its {@code text}, {@code dev.assay.nn} and its {@code
 * decoding}, and {@code dev.assay.tensor}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.transformer.bert;

import org.jspecify.annotations.NullMarked;
