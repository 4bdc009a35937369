package dev.assay.plugins.gan.dcgan;

import dev.assay.plugins.gan.network.CriticNorm;
import dev.assay.spi.Param;

/** Training configuration of the convolutional game. */
public record DcganConfig(
    @Param(doc = "Dimensions of the latent space.", value = "32", min = 1, max = 4096) int latent,
    @Param(
            doc = "Channels at full size, of both players; twice as many at each half size.",
            value = "32",
            min = 1,
            max = 1024)
        int width,
    @Param(
            doc =
                "How the discriminator is normalised: batch (the paper's), layer, spectral (each"
                    + " weight by its largest singular value), none.",
            value = "batch")
        CriticNorm criticNorm,
    @Param(doc = "Images per step.", value = "64", min = 1, max = 65536) int batch,
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
