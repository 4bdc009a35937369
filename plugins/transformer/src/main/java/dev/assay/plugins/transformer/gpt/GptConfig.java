package dev.assay.plugins.transformer.gpt;

import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.text.Tuning;

/** Training configuration of GPT; the defaults are nanoGPT's for a CPU. */
public record GptConfig(
    @Param(doc = "What a token of text is.", value = "char") TokenizerSpec.Scheme tokenizer,
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
    @Param(doc = "Transformer blocks.", value = "4", min = 1, max = 1000) int layers,
    @Param(doc = "Attention heads; a divisor of the width.", value = "4", min = 1, max = 1000)
        int heads,
    @Param(
            doc = "Heads of keys and values, a divisor of the heads; 0 for as many.",
            value = "0",
            min = 0,
            max = 1000)
        int groups,
    @Param(doc = "Width of the residual stream.", value = "128", min = 1, max = 65536) int width,
    @Param(
            doc = "Width inside a block's network; 0 for 4 widths, and 8/3 of swiglu.",
            value = "0",
            min = 0,
            max = 1e6)
        int hidden,
    @Param(doc = "How tokens know their places.", value = "learned") Positions positions,
    @Param(doc = "Layer norm, or root mean square norm.", value = "layer") NormKind norm,
    @Param(doc = "The network of a block.", value = "gelu") NetworkKind network,
    @Param(doc = "Whether logits come from the token embeddings.", value = "true") boolean tied,
    @Param(
            doc = "Longest context in tokens; of images always the number of values in one.",
            value = "64",
            min = 1,
            max = 65536)
        int block,
    @Param(
            doc =
                "Tokens scored per window of a text longer than the block: each sees more than"
                    + " block minus stride tokens before it. 0 for the block itself.",
            value = "0",
            min = 0,
            max = 65536)
        int stride,
    @Param(doc = "Windows or images per update.", value = "12", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each block adds.",
            value = "0",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(doc = "Whether linear layers and norms have a bias.", value = "false") boolean bias,
    @Param(
            doc =
                "Whether short texts share the rows of an update; none sees another, so that only"
                    + " the time changes.",
            value = "false")
        boolean packed,
    @Defaults({"min_learning_rate=1e-4", "decay_steps=2000", "weight_decay=0.1"}) Tuning tuning,
    @Param(doc = "Decay of the first moment.", value = "0.9", min = 1e-6, max = 0.999999)
        double beta1,
    @Param(doc = "Decay of the second moment.", value = "0.99", min = 1e-6, max = 0.999999)
        double beta2) {
  /** How tokens know their places. */
  public enum Positions {
    /** A vector for each place, learnt. */
    LEARNED,
    /** A vector of sines for each place. Vaswani et al. 2017, §3.5. */
    SINUSOIDAL,
    /** Queries and keys turned by their places. Su et al. 2021. */
    ROTARY
  }

  /** Normalisation of the stream. */
  public enum NormKind {
    /** Ba et al. 2016. */
    LAYER,
    /** Zhang and Sennrich 2019. */
    RMS
  }

  /** What follows attention. */
  public enum NetworkKind {
    /** Two layers with GELU between. */
    GELU,
    /** SiLU of one product gates another. Shazeer 2020, eq. 6. */
    SWIGLU
  }

  public GptConfig {
    if (groups != 0 && heads % groups != 0) {
      throw new IllegalArgumentException(
          "'groups' is " + groups + ", but must be 0 or a divisor of 'heads', " + heads);
    }
    if (positions == Positions.ROTARY && width / heads % 2 != 0) {
      throw new IllegalArgumentException(
          "'positions' is 'rotary', but heads of width " + width / heads + " have no pairs");
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "'width' is " + width + ", but must be a multiple of 'heads', " + heads);
    }
    if (stride > block) {
      throw new IllegalArgumentException(
          "'stride' is " + stride + ", but must be at most 'block', " + block);
    }
  }

  /** The same network, trained as a fine-tuning says. */
  GptConfig tuned(LoraConfig config) {
    return new GptConfig(
        tokenizer,
        vocabulary,
        minCount,
        layers,
        heads,
        groups,
        width,
        hidden,
        positions,
        norm,
        network,
        tied,
        block,
        stride,
        config.batch(),
        config.dropout(),
        bias,
        false,
        config.tuning(),
        beta1,
        beta2);
  }

  /** The tokenizer of text. */
  TokenizerSpec tokenizerSpec() {
    return tokenizerSpec(TokenizerSpec.Side.X);
  }

  /** The tokenizer of the texts of a side. */
  TokenizerSpec tokenizerSpec(TokenizerSpec.Side side) {
    return new TokenizerSpec(tokenizer, side, vocabulary, minCount);
  }

  /** Heads of keys and values. */
  int keyHeads() {
    return groups == 0 ? heads : groups;
  }

  /** Width inside a block's network; of swiglu such that it has as many weights as without. */
  int hiddenWidth() {
    int whole = 4 * width;
    return hidden != 0 ? hidden : network == NetworkKind.GELU ? whole : (2 * whole + 2) / 3;
  }
}
