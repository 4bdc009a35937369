package dev.assay.plugins.diffusion.latent;

import dev.assay.plugins.diffusion.Architecture;
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
    @Param(doc = "Whether to learn p(x | label), for data with labels.", value = "false")
        boolean conditional,
    @Param(
            doc = "With conditional: part of the labels dropped, for guidance.",
            value = "0.1",
            min = 0,
            max = 1)
        double labelDropout,
    @Param(doc = "Width of the network's layers.", value = "128", min = 2, max = 65536) int width,
    @Param(doc = "Residual layers of the network.", value = "3", min = 1, max = 100) int depth,
    @Param(
            doc = "Decay of the averaged weights that sample; 0 takes the last ones.",
            value = "0.999",
            min = 0,
            max = 0.99999)
        double ema,
    @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate) {
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
        conditional,
        labelDropout,
        Architecture.Network.MLP,
        width,
        depth,
        UNUSED_CHANNELS,
        List.of(1),
        1,
        0,
        ema,
        batch,
        learningRate);
  }
}
