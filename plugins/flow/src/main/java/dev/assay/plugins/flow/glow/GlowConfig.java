package dev.assay.plugins.flow.glow;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Dequantization;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.Defaults;
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
    @Defaults({"batch=64", "clip=50"}) Training training) {}
