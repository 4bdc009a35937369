package dev.assay.plugins.statistical.hmm;

import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;

/** States, and when training has converged. */
public record HmmConfig(
    @Param(doc = "Number of hidden states.", value = "16", min = 1, max = 4096) int states,
    @Param(
            doc = "Count added to each start, transition and symbol of each state.",
            value = "0.01",
            min = 1e-6,
            max = 1e6)
        double smoothing,
    @Param(
            doc = "Added to each variance of a real number, in units of all numbers' variance.",
            value = "1e-4",
            min = 1e-12,
            max = 1)
        double floor,
    @Param(
            doc = "Training has converged when a sweep gains less than this, in nats per step.",
            value = "1e-4",
            min = 0,
            max = 1)
        double tolerance,
    @Param(
            doc = "Tokens of a text: byte, char, word, spaced, bpe, wordpiece or unigram.",
            value = "char")
        TokenizerSpec.Scheme tokenizer) {}
