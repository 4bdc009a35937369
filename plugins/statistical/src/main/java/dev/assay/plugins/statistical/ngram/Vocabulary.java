package dev.assay.plugins.statistical.ngram;

import dev.assay.spi.Tokenizer;
import java.util.Arrays;

/**
 * The tokens that can be predicted: all, or all but the end.
 *
 * @param tokens how many the tokenizer has
 * @param end the token that ends a document
 * @param ends whether texts end
 */
record Vocabulary(int tokens, int end, boolean ends) {
  static Vocabulary of(Tokenizer tokenizer, boolean ends) {
    return new Vocabulary(tokenizer.size(), tokenizer.end(), ends);
  }

  /** Number of tokens that can be predicted. */
  int size() {
    return ends ? tokens : tokens - 1;
  }

  /** Sets {@code out} [tokens] to {@code value} for what can be predicted, else to 0. */
  void fill(double[] out, double value) {
    Arrays.fill(out, value);
    if (!ends) {
      out[end] = 0;
    }
  }
}
