package dev.assay.plugins.flow;

import dev.assay.nn.Schedule;
import dev.assay.spi.Param;

/** How a flow is trained, by Adam. */
public record Training(
    @Param(doc = "Training examples per update.", value = "256", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
    @Param(
            doc =
                "Updates over which the learning rate falls by half a cosine to a hundredth; 0 for"
                    + " a constant one.",
            value = "0",
            min = 0,
            max = 1e9)
        long decaySteps,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "5",
            min = 0,
            max = 1e9)
        double clip) {
  private static final double LAST = 0.01;

  Schedule schedule() {
    return decaySteps == 0
        ? Schedule.constant(learningRate)
        : Schedule.cosine(learningRate, LAST * learningRate, 0, decaySteps);
  }
}
