package dev.assay.plugins.transformer.t5;

import dev.assay.plugins.transformer.translation.LayerStyle;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;

/** Training configuration of T5. */
public record T5Config(
    @Param(doc = "What a token of either side is.", value = "unigram")
        TokenizerSpec.Scheme tokenizer,
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
    @Param(doc = "Layers of the encoder, and of the decoder.", value = "3", min = 1, max = 1000)
        int layers,
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
            doc =
                "Tokens of a source that are read, its prefix and end included; of a target that"
                    + " are trained on; beyond, a target is drawn from its last half.",
            value = "64",
            min = 2,
            max = 4096)
        int longest,
    @Param(
            doc = "Share of a text's tokens that are hidden from it where it is to be denoised.",
            value = "0.15",
            min = 0.01,
            max = 1)
        double corrupted,
    @Param(doc = "Mean length of hidden spans.", value = "3", min = 1, max = 4096) double span,
    T5Training training) {
  public T5Config {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "'width' is " + width + ", but must be a multiple of 'heads', " + heads);
    }
  }

  TokenizerSpec tokenizerSpec(TokenizerSpec.Side side) {
    return new TokenizerSpec(tokenizer, side, vocabulary, minCount);
  }

  LayerStyle style() {
    return new LayerStyle(layers, heads, width, hidden == 0 ? 4 * width : hidden, true, true);
  }

  SpanCorruption corruption() {
    return new SpanCorruption(corrupted, span);
  }
}
