package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Schedule;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;

/** Training configuration of the encoder–decoder transformer. */
public record TransformerConfig(
    @Param(doc = "What a token of the target is.", value = "bpe") Scheme tokenizer,
    @Param(doc = "What a token of the source is.", value = "bpe") Scheme sourceTokenizer,
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
    @Param(doc = "Whether source and target share tokens and their vectors.", value = "false")
        boolean joint,
    @Param(doc = "Layers of the encoder, and of the decoder.", value = "3", min = 1, max = 1000)
        int layers,
    @Param(doc = "Attention heads; a divisor of the width.", value = "4", min = 1, max = 1000)
        int heads,
    @Param(doc = "Width of the residual stream.", value = "256", min = 1, max = 65536) int width,
    @Param(doc = "Width inside feed-forward networks.", value = "1024", min = 1, max = 1e6)
        int hidden,
    @Param(
            doc = "Norms before each part (true) or after it is added, as in the paper (false).",
            value = "false")
        boolean preNorm,
    @Param(
            doc =
                "Tokens of a source that are read, of a target that are trained on; beyond, a"
                    + " target is drawn from its last half.",
            value = "128",
            min = 1,
            max = 65536)
        int longest,
    @Param(doc = "Pairs per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each part adds.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(
            doc = "Share of the probability that training asks for all tokens alike.",
            value = "0.1",
            min = 0,
            max = 0.99)
        double labelSmoothing,
    @Param(
            doc = "Factor of the learning rate width^-0.5 min(t^-0.5, t warmup^-1.5).",
            value = "1",
            min = 0,
            max = 100)
        double rate,
    @Param(doc = "Updates over which the learning rate rises.", value = "4000", min = 1, max = 1e9)
        long warmup,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "0",
            min = 0,
            max = 1e9)
        double clip) {
  public TransformerConfig {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "'width' is " + width + ", but must be a multiple of 'heads', " + heads);
    }
    if (joint && tokenizer != sourceTokenizer) {
      throw new IllegalArgumentException(
          "'joint' needs equal tokenizers, but 'tokenizer' is "
              + tokenizer
              + " and 'source_tokenizer' is "
              + sourceTokenizer);
    }
  }

  TokenizerSpec targetSpec() {
    return new TokenizerSpec(tokenizer, joint ? Side.BOTH : Side.X, vocabulary, minCount);
  }

  TokenizerSpec sourceSpec() {
    return joint
        ? targetSpec()
        : new TokenizerSpec(sourceTokenizer, Side.CONDITION, vocabulary, minCount);
  }

  LayerStyle style() {
    return new LayerStyle(layers, heads, width, hidden, preNorm, false);
  }

  Schedule schedule() {
    return Schedule.noam(rate, width, warmup);
  }
}
