package dev.assay.plugins.transformer.bert;

import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.text.Tuning;

/** Training configuration of BERT. */
public record BertConfig(
    @Param(doc = "What a token of text is.", value = "wordpiece") TokenizerSpec.Scheme tokenizer,
    @Param(
            doc = "Most tokens that bpe, wordpiece and unigram learn.",
            value = "4096",
            min = 1,
            max = 1e6)
        int vocabulary,
    @Param(
            doc = "How often a word must occur to be a token of word and spaced.",
            value = "2",
            min = 1,
            max = 1e9)
        int minCount,
    @Param(doc = "Transformer layers.", value = "2", min = 1, max = 1000) int layers,
    @Param(doc = "Attention heads; a divisor of the width.", value = "4", min = 1, max = 1000)
        int heads,
    @Param(doc = "Width of the residual stream.", value = "128", min = 1, max = 65536) int width,
    @Param(
            doc = "Width inside feed-forward networks; 0 for 4 widths.",
            value = "0",
            min = 0,
            max = 1e6)
        int hidden,
    @Param(
            doc = "Norms before each part (true) or after it is added, as in the paper (false).",
            value = "false")
        boolean preNorm,
    @Param(
            doc =
                "Whether places turn queries and keys (Su et al. 2021); if not, each has a vector,"
                    + " as in the paper.",
            value = "false")
        boolean rotary,
    @Param(
            doc = "Tokens that are read at once, the start included.",
            value = "64",
            min = 3,
            max = 65536)
        int block,
    @Param(doc = "Share of a row's tokens that is to be told.", value = "0.15", min = 0.01, max = 1)
        double masked,
    @Param(doc = "Rows of an update.", value = "32", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each part adds.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Defaults("weight_decay=0.01") Tuning tuning) {
  public BertConfig {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "'width' is " + width + ", but must be a multiple of 'heads', " + heads);
    }
    if (rotary && width / heads % 2 != 0) {
      throw new IllegalArgumentException(
          "'rotary' needs heads of even width, but 'width' is "
              + width
              + " and 'heads' is "
              + heads);
    }
  }

  TokenizerSpec tokenizerSpec() {
    return new TokenizerSpec(tokenizer, TokenizerSpec.Side.X, vocabulary, minCount);
  }

  int hiddenWidth() {
    return hidden == 0 ? 4 * width : hidden;
  }

  /** Tokens to be told in a row, at most. */
  int places() {
    return Math.max(1, (int) Math.round(masked * (block - 1)));
  }
}
