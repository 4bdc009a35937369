package dev.assay.plugins.gan.wgan;

import dev.assay.plugins.gan.network.CriticNorm;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the Wasserstein game with clipped weights. */
public record WganConfig(
    @Param(doc = "Dimensions of the latent space.", value = "32", min = 1, max = 4096) int latent,
    @Param(
            doc =
                "Images: channels at full size, of both players; twice as many at each half size.",
            value = "32",
            min = 1,
            max = 1024)
        int width,
    @Param(
            doc = "Tables: widths of the hidden layers of both players.",
            value = "[256, 256]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(
            doc =
                "Images: how the critic is normalised: batch (the paper's), layer, spectral (each"
                    + " weight by its largest singular value), none.",
            value = "batch")
        CriticNorm criticNorm,
    @Param(
            doc =
                "Largest size of a weight of the critic, c; a large one leaves the bound on the slope"
                    + " to critic_norm: spectral.",
            value = "0.01",
            min = 1e-6,
            max = 10)
        double clip,
    @Param(doc = "Examples per step, m.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Steps of the critic for each of the generator, n_critic.",
            value = "5",
            min = 1,
            max = 100)
        int criticSteps,
    @Param(doc = "Learning rate of both RMSProps, α.", value = "5e-5", min = 0, max = 1)
        double learningRate) {}
