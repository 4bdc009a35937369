package dev.assay.plugins.flow.glow;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Dequantization;
import dev.assay.spi.Param;

/** Training configuration of Glow. */
public record GlowConfig(
    @Param(
            doc = "Levels L, each with a squeeze; fewer where a side becomes odd.",
            value = "2",
            min = 1,
            max = 16)
        int levels,
    @Param(doc = "Steps of flow in each level, K.", value = "8", min = 1, max = 256) int depth,
    @Param(doc = "Channels of each coupling's network.", value = "64", min = 1, max = 4096)
        int channels,
    @Param(doc = "Nonlinearity of the networks.", value = "relu") Activation activation,
    @Param(
            doc = "Images: noise that makes levels real numbers, uniform or learned.",
            value = "uniform")
        Dequantization dequantization,
    @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
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
            value = "50",
            min = 0,
            max = 1e9)
        double clip) {}
