package dev.assay.plugins.vae.vqvae;

import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Training;
import dev.assay.spi.Param;

/** Training configuration of the VQ-VAE and of the prior over its codes. */
public record VqVaeConfig(
    @Param(doc = "Codes that stand for one example.", value = "8", min = 1, max = 1024)
        int positions,
    @Param(doc = "K: entries of the codebook.", value = "32", min = 2, max = 65536) int codes,
    @Param(doc = "Dimensions of an entry.", value = "16", min = 1, max = 4096) int width,
    Architecture architecture,
    Training training,
    @Param(
            doc = "β: weight of the distance between the encoder's output and its entry.",
            value = "0.25",
            min = 0,
            max = 1e6)
        double commitment,
    @Param(
            doc = "Decay of the averages that move the codebook.",
            value = "0.99",
            min = 0,
            max = 0.99999)
        double decay,
    @Param(doc = "Width of the prior's transformer.", value = "32", min = 4, max = 4096)
        int priorWidth,
    @Param(doc = "Layers of the prior's transformer.", value = "1", min = 1, max = 64)
        int priorLayers) {
  /** Heads of the prior's attention. */
  static final int HEADS = 4;

  public VqVaeConfig {
    if (priorWidth % HEADS != 0) {
      throw new IllegalArgumentException(
          "'prior_width' is " + priorWidth + ", but must be a multiple of " + HEADS);
    }
  }
}
