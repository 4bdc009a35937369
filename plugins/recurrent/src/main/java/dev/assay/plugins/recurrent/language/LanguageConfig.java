package dev.assay.plugins.recurrent.language;

import dev.assay.nn.Optimizer;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Sgd;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.text.Tuning;

/** Training configuration of recurrent language models. */
public record LanguageConfig(
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
    @Param(doc = "Recurrent layers.", value = "1", min = 1, max = 100) int layers,
    @Param(doc = "Numbers in the hidden state of a layer.", value = "192", min = 1, max = 65536)
        int width,
    @Param(
            doc = "Numbers in the vector of a token; 0 for as many as in the hidden state.",
            value = "0",
            min = 0,
            max = 65536)
        int embedding,
    @Param(
            doc =
                "Tokens that gradients flow back through; of documents the longest, a longer one"
                    + " is cut at random.",
            value = "64",
            min = 1,
            max = 4096)
        int block,
    @Param(
            doc = "Rows per update: documents, or places at which a stream is read.",
            value = "32",
            min = 1,
            max = 65536)
        int batch,
    @Param(
            doc = "Dropout rate of embeddings and of each layer's outputs.",
            value = "0",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(
            doc =
                "Whether logits come from the token embeddings, which are then as wide as the state.",
            value = "false")
        boolean tied,
    @Param(doc = "What updates the weights.", value = "adam") Rule optimizer,
    @Defaults("learning_rate=2e-3") Tuning tuning) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  /** Optimizers by the names of the configuration. */
  public enum Rule {
    ADAM,
    /** Gradient descent without momentum. */
    SGD
  }

  public LanguageConfig {
    if (optimizer == Rule.SGD && tuning.weightDecay() != 0) {
      throw new IllegalArgumentException(
          "'weight_decay' is "
              + tuning.weightDecay()
              + ", but must be 0 with 'optimizer' sgd, which decays nothing");
    }
    if (tied && embedding != 0 && embedding != width) {
      throw new IllegalArgumentException(
          "'embedding' is "
              + embedding
              + ", but with 'tied' it must be 0 or the same as 'width', "
              + width);
    }
  }

  /** The optimizer, whose state is kept in a store. */
  Optimizer optimizer(ParameterStore store) {
    return switch (optimizer) {
      case ADAM -> tuning.adam(store, BETA1, BETA2);
      case SGD -> Sgd.plain(store.scope("sgd"));
    };
  }

  TokenizerSpec tokenizerSpec() {
    return new TokenizerSpec(tokenizer, TokenizerSpec.Side.X, vocabulary, minCount);
  }

  /** Numbers in the vector of a token. */
  int inputWidth() {
    return embedding == 0 ? width : embedding;
  }
}
