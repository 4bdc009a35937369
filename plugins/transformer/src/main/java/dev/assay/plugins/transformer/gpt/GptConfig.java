package dev.assay.plugins.transformer.gpt;

import dev.assay.spi.Param;

/** Training configuration of GPT; the defaults are nanoGPT's for a CPU. */
public record GptConfig(
    @Param(doc = "What a token of text is.", value = "char") Unit tokenizer,
    @Param(doc = "Transformer blocks.", value = "4", min = 1, max = 1000) int layers,
    @Param(doc = "Attention heads; a divisor of the width.", value = "4", min = 1, max = 1000)
        int heads,
    @Param(doc = "Width of the residual stream.", value = "128", min = 1, max = 65536) int width,
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
    @Param(doc = "Largest learning rate of AdamW.", value = "1e-3", min = 0, max = 1)
        double learningRate,
    @Param(doc = "Learning rate after the decay.", value = "1e-4", min = 0, max = 1)
        double minLearningRate,
    @Param(doc = "Updates over which the learning rate rises.", value = "100", min = 0, max = 1e9)
        long warmup,
    @Param(
            doc =
                "Update at which the cosine decay of the learning rate ends; 0 for no decay after"
                    + " the warm-up.",
            value = "2000",
            min = 0,
            max = 1e9)
        long decaySteps,
    @Param(doc = "Decoupled decay of matrices and tables.", value = "0.1", min = 0, max = 10)
        double weightDecay,
    @Param(doc = "Decay of the first moment.", value = "0.9", min = 1e-6, max = 0.999999)
        double beta1,
    @Param(doc = "Decay of the second moment.", value = "0.99", min = 1e-6, max = 0.999999)
        double beta2,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "1",
            min = 0,
            max = 1e9)
        double clip) {
  /** Units of text that tokenizers cut. */
  public enum Unit {
    BYTE,
    CHAR,
    WORD
  }

  public GptConfig {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "'width' is " + width + ", but must be a multiple of 'heads', " + heads);
    }
    if (stride > block) {
      throw new IllegalArgumentException(
          "'stride' is " + stride + ", but must be at most 'block', " + block);
    }
    if (decaySteps != 0 && decaySteps <= warmup) {
      throw new IllegalArgumentException(
          "'decay_steps' is " + decaySteps + ", but must be 0 or more than 'warmup', " + warmup);
    }
    if (minLearningRate > learningRate) {
      throw new IllegalArgumentException(
          "'min_learning_rate' is "
              + minLearningRate
              + ", but must be at most 'learning_rate', "
              + learningRate);
    }
  }
}
