package dev.assay.plugins.statistical.independent;

import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;

/**
 * How marginals are estimated.
 *
 * @param smoothing pseudo-count of every level, bin and token
 * @param bins histogram bins of a table column
 * @param tokenizer how text is cut
 */
public record IndependentConfig(
    @Param(
            doc = "Count added to each level, histogram bin or token.",
            value = "1.0",
            min = 1e-6,
            max = 1e6)
        double smoothing,
    @Param(
            doc = "Histogram bins of each table column, of equal width over the training range.",
            value = "32",
            min = 1,
            max = 65536)
        int bins,
    @Param(
            doc = "Tokens of a text: byte, char, word, spaced, bpe, wordpiece or unigram.",
            value = "char")
        TokenizerSpec.Scheme tokenizer) {}
