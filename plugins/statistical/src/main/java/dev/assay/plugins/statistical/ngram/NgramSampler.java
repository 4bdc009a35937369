package dev.assay.plugins.statistical.ngram;

import dev.assay.spi.Param;

/**
 * @param temperature probabilities are raised to its inverse
 * @param length tokens of a text
 */
public record NgramSampler(
    @Param(
            doc = "Probabilities are raised to 1 / temperature; 0 takes the most likely token.",
            value = "1.0",
            min = 0,
            max = 100)
        double temperature,
    @Param(
            doc = "Tokens of a sampled text: at most for documents, exactly for a stream.",
            value = "256",
            min = 1,
            max = 1e6)
        int length) {}
