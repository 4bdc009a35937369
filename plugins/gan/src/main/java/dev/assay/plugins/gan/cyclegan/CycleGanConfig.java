package dev.assay.plugins.gan.cyclegan;

import dev.assay.spi.Param;

/** Training configuration of CycleGAN. */
public record CycleGanConfig(
    @Param(doc = "Channels of all networks at full size.", value = "16", min = 1, max = 4096)
        int width,
    @Param(doc = "Residual blocks of each translator.", value = "2", min = 0, max = 64) int blocks,
    @Param(doc = "λ: weight of the way there and back.", value = "10", min = 0, max = 1e6)
        double cycle,
    @Param(
            doc = "ι: weight of leaving images of the target set as they are.",
            value = "5",
            min = 0,
            max = 1e6)
        double identity,
    @Param(doc = "Images of each set in an update.", value = "16", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of both Adams.", value = "2e-4", min = 0, max = 1)
        double learningRate,
    @Param(
            doc = "Decay of Adam's first moment; that of the second is 0.999.",
            value = "0.5",
            min = 0,
            max = 0.999)
        double beta1) {}
