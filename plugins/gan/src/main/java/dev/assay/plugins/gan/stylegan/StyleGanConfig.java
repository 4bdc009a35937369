package dev.assay.plugins.gan.stylegan;

import dev.assay.spi.Param;

/** Training configuration of the style-based game. */
public record StyleGanConfig(
    @Param(doc = "Dimensions of z and of w.", value = "64", min = 1, max = 4096) int latent,
    @Param(doc = "Layers of the mapping network.", value = "4", min = 1, max = 64) int mapping,
    @Param(
            doc = "Channels at full size, of both players; twice as many at each half size.",
            value = "32",
            min = 1,
            max = 1024)
        int width,
    @Param(
            doc =
                "Probability that a generated image mixes the styles of two latents while training.",
            value = "0",
            min = 0,
            max = 1)
        double mixing,
    @Param(doc = "Weight γ of the R1 penalty.", value = "1", min = 0, max = 1e4) double r1,
    @Param(doc = "Images per step.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Steps of the discriminator for each of the generator.",
            value = "1",
            min = 1,
            max = 100)
        int criticSteps,
    @Param(
            doc = "Learning rate of both Adams, of decays 0 and 0.99.",
            value = "1e-3",
            min = 0,
            max = 1)
        double learningRate,
    @Param(
            doc =
                "Largest decay of the average of the generator that samples come from, which after n"
                    + " updates is n / (n + 9); 0 samples from the weights themselves.",
            value = "0.995",
            min = 0,
            max = 0.999999)
        double averaging) {}
