package dev.assay.plugins.recurrent.seq2seq;

import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;
import dev.assay.spi.text.Tuning;

/** Training configuration of the recurrent encoder–decoder. */
public record Seq2SeqConfig(
    @Param(doc = "What a token of the target is.", value = "spaced") Scheme tokenizer,
    @Param(doc = "What a token of the source is.", value = "spaced") Scheme sourceTokenizer,
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
    @Param(doc = "Recurrent cell.", value = "lstm") Cell.Kind cell,
    @Param(doc = "Layers of the encoder, and of the decoder.", value = "1", min = 1, max = 100)
        int layers,
    @Param(
            doc =
                "Numbers in a layer's state, half of them for each direction of the encoder; even.",
            value = "256",
            min = 2,
            max = 65536)
        int width,
    @Param(doc = "Numbers in the vector of a token.", value = "128", min = 1, max = 65536)
        int embedding,
    @Param(
            doc = "Tokens of a source that are read, and of a target that are trained on.",
            value = "64",
            min = 1,
            max = 4096)
        int longest,
    @Param(doc = "Pairs per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of each layer's outputs.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(
            doc = "Share of the probability that training asks for all tokens alike.",
            value = "0",
            min = 0,
            max = 0.99)
        double labelSmoothing,
    @Defaults("learning_rate=2e-3") Tuning tuning) {
  public Seq2SeqConfig {
    if (width % 2 != 0) {
      throw new IllegalArgumentException("'width' is " + width + ", but must be even");
    }
  }

  TokenizerSpec targetSpec() {
    return new TokenizerSpec(tokenizer, Side.X, vocabulary, minCount);
  }

  TokenizerSpec sourceSpec() {
    return new TokenizerSpec(sourceTokenizer, Side.CONDITION, vocabulary, minCount);
  }
}
