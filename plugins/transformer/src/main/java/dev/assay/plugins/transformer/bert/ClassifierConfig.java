package dev.assay.plugins.transformer.bert;

import dev.assay.spi.Param;

/** Fine-tuning configuration of the classifier; sizes are those of the encoder. */
public record ClassifierConfig(
    @Param(doc = "Texts of an update.", value = "32", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of the encoder and of what the classes are told from.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(doc = "Largest learning rate of AdamW.", value = "3e-4", min = 0, max = 1)
        double learningRate,
    @Param(doc = "Updates over which the learning rate rises.", value = "100", min = 0, max = 1e9)
        long warmup,
    @Param(
            doc =
                "Update at which the cosine decay of the learning rate, and the training, ends; 0"
                    + " for neither.",
            value = "0",
            min = 0,
            max = 1e9)
        long decaySteps,
    @Param(doc = "Decoupled decay of matrices and tables.", value = "0.01", min = 0, max = 10)
        double weightDecay,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "1",
            min = 0,
            max = 1e9)
        double clip) {
  public ClassifierConfig {
    Tuning.check(warmup, decaySteps);
  }

  Tuning tuning() {
    return new Tuning(
        Tuning.schedule(learningRate, warmup, decaySteps), decaySteps, dropout, weightDecay, clip);
  }
}
