package dev.assay.plugins.statistical.hmm;

import dev.assay.spi.Param;

/**
 * @param length tokens of a sampled text
 */
public record HmmSampler(
    @Param(
            doc = "Tokens of a sampled text: at most for documents, exactly for a stream.",
            value = "256",
            min = 1,
            max = 1e6)
        int length) {}
