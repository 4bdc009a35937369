package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.nn.Schedule;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;

/** Training configuration of WaveNet. */
public record WaveNetConfig(
    @Param(doc = "What a token is; of sound, char is a sample.", value = "char")
        TokenizerSpec.Scheme tokenizer,
    @Param(
            doc = "Layers of a cycle: their dilations are 1, 2, 4, ….",
            value = "8",
            min = 1,
            max = 16)
        int layers,
    @Param(doc = "How often the dilations start anew.", value = "2", min = 1, max = 100) int cycles,
    @Param(doc = "Channels that run through all layers.", value = "32", min = 1, max = 4096)
        int width,
    @Param(
            doc = "Channels that the layers' outputs are added in.",
            value = "64",
            min = 1,
            max = 4096)
        int skip,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    @Param(
            doc = "Tokens that a row of an update predicts; of longer texts a part at random.",
            value = "1024",
            min = 1,
            max = 1e6)
        int block,
    @Param(doc = "Rows of an update.", value = "8", min = 1, max = 65536) int batch,
    @Param(doc = "Largest learning rate of Adam.", value = "2e-3", min = 0, max = 1)
        double learningRate,
    @Param(doc = "Updates over which the learning rate rises.", value = "100", min = 0, max = 1e9)
        long warmup,
    @Param(
            doc =
                "Update at which the cosine decay of the learning rate ends at 0; 0 for no decay"
                    + " after the warm-up.",
            value = "0",
            min = 0,
            max = 1e9)
        long decaySteps,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "1",
            min = 0,
            max = 1e9)
        double clip) {
  public WaveNetConfig {
    if (decaySteps != 0 && decaySteps <= warmup) {
      throw new IllegalArgumentException(
          "'decay_steps' is " + decaySteps + ", but must be 0 or more than 'warmup', " + warmup);
    }
  }

  Schedule schedule() {
    return decaySteps == 0
        ? Schedule.constant(learningRate).warmedUp(warmup)
        : Schedule.cosine(learningRate, 0, warmup, decaySteps);
  }
}
