package dev.assay.plugins.gan.biggan;

import dev.assay.spi.Param;

/** Training configuration of the class-conditional game of residual players. */
public record BigGanConfig(
    @Param(
            doc = "Dimensions of each chunk of the latent space: one for the base, one per block.",
            value = "16",
            min = 1,
            max = 1024)
        int latent,
    @Param(
            doc = "Dimensions of the class embedding that all of the generator shares.",
            value = "32",
            min = 1,
            max = 1024)
        int embedding,
    @Param(
            doc = "Channels at full size, of both players; twice as many at each half size.",
            value = "32",
            min = 1,
            max = 1024)
        int width,
    @Param(doc = "Images per step.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Steps of the discriminator for each of the generator.",
            value = "2",
            min = 1,
            max = 100)
        int criticSteps,
    @Param(doc = "Learning rate of the discriminator's Adam.", value = "4e-4", min = 0, max = 1)
        double criticRate,
    @Param(doc = "Learning rate of the generator's Adam.", value = "1e-4", min = 0, max = 1)
        double generatorRate,
    @Param(
            doc = "Weight β of the orthogonal regularisation of the generator.",
            value = "1e-4",
            min = 0,
            max = 1)
        double orthogonal,
    @Param(
            doc =
                "Largest decay of the average of the generator that samples come from, which after n"
                    + " updates is n / (n + 9); 0 samples from the weights themselves.",
            value = "0.995",
            min = 0,
            max = 0.999999)
        double averaging) {}
