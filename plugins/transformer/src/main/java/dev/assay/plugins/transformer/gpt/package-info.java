/**
 * GPT: a decoder-only transformer over text or pixels (Radford et al. 2019), in the form and with
 * the settings of nanoGPT.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and this
 * module's {@code decoding}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.transformer.gpt;

import org.jspecify.annotations.NullMarked;
