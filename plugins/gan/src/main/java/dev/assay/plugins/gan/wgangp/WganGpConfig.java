package dev.assay.plugins.gan.wgangp;

import dev.assay.plugins.gan.network.CriticNorm;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the Wasserstein game with a gradient penalty. */
public record WganGpConfig(
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
                "Images: how the critic is normalised: layer, spectral (each weight by its largest"
                    + " singular value), none; not batch, as the penalty is of each example.",
            value = "layer")
        CriticNorm criticNorm,
    @Param(doc = "Weight of the gradient penalty, λ.", value = "10", min = 0, max = 1e4)
        double penalty,
    @Param(doc = "Examples per step, m.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Steps of the critic for each of the generator, n_critic.",
            value = "5",
            min = 1,
            max = 100)
        int criticSteps,
    @Param(doc = "Learning rate of both Adams, α.", value = "1e-4", min = 0, max = 1)
        double learningRate,
    @Param(doc = "Decay of Adam's first moment, β1.", value = "0", min = 0, max = 0.999)
        double beta1,
    @Param(doc = "Decay of Adam's second moment, β2.", value = "0.9", min = 0.001, max = 0.9999)
        double beta2,
    @Param(
            doc =
                "Largest decay of the average of the generator that samples come from, which after n"
                    + " updates is n / (n + 9); 0, as in the paper, samples from the weights"
                    + " themselves.",
            value = "0",
            min = 0,
            max = 0.999999)
        double averaging) {
  public WganGpConfig {
    if (criticNorm == CriticNorm.BATCH) {
      throw new IllegalArgumentException(
          "critic_norm batch mixes examples, and the gradient penalty is of each example; choose"
              + " layer, spectral or none");
    }
  }
}
