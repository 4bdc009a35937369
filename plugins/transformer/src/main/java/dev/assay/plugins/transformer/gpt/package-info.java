/**
 * GPT: a decoder-only transformer over text or pixels (Radford et al. 2019), in the form and with
 * the settings of nanoGPT.
 *
 * <p>May import: {@code dev.assay.spi} with its {@code text} and {@code pairs}, {@code
 * dev.assay.nn} and its {@code decoding}, and {@code dev.assay.tensor}; never the runner, never
 * another plugin.
 */
@NullMarked
package dev.assay.plugins.transformer.gpt;

import org.jspecify.annotations.NullMarked;
