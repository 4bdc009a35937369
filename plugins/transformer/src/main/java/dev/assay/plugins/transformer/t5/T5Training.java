package dev.assay.plugins.transformer.t5;

import dev.assay.nn.Schedule;
import dev.assay.spi.Param;
import dev.assay.spi.pairs.PairModel;

/** How T5 is trained, at first or on from a parent. */
public record T5Training(
    @Param(doc = "Text before every source, which names the task.", value = "") String prefix,
    @Param(
            doc =
                "Share of an update's rows that tell hidden spans of a text; the others are the"
                    + " task.",
            value = "0",
            min = 0,
            max = 1)
        double denoising,
    @Param(doc = "Rows of an update.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each part adds.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(doc = "Largest learning rate of Adam.", value = "1e-3", min = 0, max = 1)
        double learningRate,
    @Param(doc = "Updates over which the learning rate rises.", value = "1000", min = 1, max = 1e9)
        long warmup,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "1",
            min = 0,
            max = 1e9)
        double clip) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  PairModel.Training by(Schedule rate, int longest) {
    return new PairModel.Training(batch, longest, dropout, 0, rate, BETA1, BETA2, 0, clip);
  }
}
