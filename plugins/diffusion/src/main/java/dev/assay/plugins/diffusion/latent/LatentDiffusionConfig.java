package dev.assay.plugins.diffusion.latent;

import dev.assay.plugins.diffusion.Architecture;
import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.plugins.diffusion.ddpm.DdpmConfig;
import dev.assay.plugins.diffusion.ddpm.NoiseSchedule;
import dev.assay.plugins.diffusion.ddpm.Prediction;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the diffusion model of codes. */
public record LatentDiffusionConfig(
    @Param(
            doc =
                "Form of x that the autoencoder sees: raw, as for images by default, continuous, as"
                    + " for tables, or dequantized, as for flows of images; auto is raw for images,"
                    + " continuous for tables.",
            value = "auto")
        Encoding encoding,
    @Param(doc = "Steps T of the forward process.", value = "1000", min = 2, max = 10000)
        int timesteps,
    @Param(doc = "How β rises: linear, or so that ᾱ falls as a cosine.", value = "cosine")
        NoiseSchedule.Kind schedule,
    @Param(doc = "What the network predicts: the noise, the code, or v.", value = "epsilon")
        Prediction prediction,
    @Param(doc = "Width of the network's layers.", value = "128", min = 2, max = 65536) int width,
    @Param(doc = "Residual layers of the network.", value = "3", min = 1, max = 100) int depth,
    DenoiserTraining.Settings training) {
  private static final int UNUSED_CHANNELS = 2;

  /** Encodings by the names of the configuration. */
  public enum Encoding {
    AUTO,
    RAW,
    CONTINUOUS,
    DEQUANTIZED
  }

  /**
   * @throws IllegalArgumentException if a number does not suit the network
   */
  public LatentDiffusionConfig {
    if (width % 2 != 0) {
      throw new IllegalArgumentException("'width' must be even, but is " + width);
    }
  }

  /** The same of a diffusion model whose examples are codes: rows of real numbers. */
  DdpmConfig ofCodes() {
    return new DdpmConfig(
        timesteps,
        schedule,
        prediction,
        DdpmConfig.Objective.SIMPLE,
        DdpmConfig.LastStep.GAUSSIAN,
        new Architecture(
            Architecture.Network.MLP, width, depth, UNUSED_CHANNELS, List.of(1), 1, 1, 0),
        training);
  }
}
