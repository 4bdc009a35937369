package dev.assay.plugins.gan.original;

import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the original game. */
public record GanConfig(
    @Param(doc = "Dimensions of the latent space.", value = "16", min = 1, max = 4096) int latent,
    @Param(
            doc = "Widths of the hidden layers of both players.",
            value = "[256, 256]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(doc = "Examples per step.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Steps of the discriminator for each of the generator.",
            value = "1",
            min = 1,
            max = 100)
        int criticSteps,
    @Param(doc = "Learning rate of both Adams.", value = "2e-4", min = 0, max = 1)
        double learningRate,
    @Param(
            doc = "Decay of Adam's first moment; that of the second is 0.999.",
            value = "0.5",
            min = 0,
            max = 0.999)
        double beta1) {}
