package dev.assay.plugins.statistical.bagofwords;

import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;

/**
 * @param tokenizer how text is cut
 * @param minCount how often a word must occur to be a token
 * @param penalty of squared weights
 * @param learningRate of AdaGrad
 * @param batch texts of an update
 */
public record BagOfWordsConfig(
    @Param(
            doc = "Tokens of a text: byte, char, word, spaced, bpe, wordpiece or unigram.",
            value = "word")
        TokenizerSpec.Scheme tokenizer,
    @Param(
            doc = "How often a word must occur to be a token of word and spaced.",
            value = "1",
            min = 1,
            max = 1e9)
        int minCount,
    @Param(
            doc = "Half of this times the squared weights of a text's words is added to its loss.",
            value = "1e-2",
            min = 0,
            max = 100)
        double penalty,
    @Param(doc = "Step size of AdaGrad.", value = "0.1", min = 1e-8, max = 10) double learningRate,
    @Param(doc = "Texts of an update.", value = "32", min = 1, max = 65536) int batch) {
  private static final int VOCABULARY = 4096;

  TokenizerSpec tokenizerSpec() {
    return new TokenizerSpec(tokenizer, TokenizerSpec.Side.CONDITION, VOCABULARY, minCount);
  }
}
