package dev.assay.plugins.statistical.ngram;

import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;

/**
 * Which n-grams are counted, and how probabilities come from the counts.
 *
 * @param order n: tokens of the longest n-gram, the predicted one included
 * @param smoothing how unseen n-grams get their share
 * @param discount of Kneser-Ney; 0 estimates one for each length
 * @param k of add-k
 * @param tokenizer how text is cut
 */
public record NgramConfig(
    @Param(
            doc = "Tokens of the longest n-gram, the predicted one included.",
            value = "5",
            min = 1,
            max = 32)
        int order,
    @Param(doc = "How unseen n-grams get their share: kneser_ney or add_k.", value = "kneser_ney")
        Smoothing smoothing,
    @Param(
            doc = "Discount of kneser_ney; 0 estimates one for each length, n1 / (n1 + 2 n2).",
            value = "0",
            min = 0,
            max = 1)
        double discount,
    @Param(
            doc = "Count that add_k adds to every token after every context.",
            value = "1",
            min = 1e-9,
            max = 1e6)
        double k,
    @Param(
            doc = "Tokens of a text: byte, char, word, spaced, bpe, wordpiece or unigram.",
            value = "char")
        TokenizerSpec.Scheme tokenizer) {
  /** How unseen n-grams get their share. */
  public enum Smoothing {
    /** Interpolated Kneser-Ney. */
    KNESER_NEY,
    /** Lidstone's rule on the longest n-grams alone; k = 1 is Laplace's. */
    ADD_K
  }
}
