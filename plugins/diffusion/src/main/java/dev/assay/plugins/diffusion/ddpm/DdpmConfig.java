package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.Architecture;
import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.spi.Param;

/** Training configuration of the diffusion model. */
public record DdpmConfig(
    @Param(doc = "Steps T of the forward process.", value = "1000", min = 2, max = 10000)
        int timesteps,
    @Param(doc = "How β rises: linear, or so that ᾱ falls as a cosine.", value = "linear")
        NoiseSchedule.Kind schedule,
    @Param(doc = "What the network predicts: the noise, the example, or v.", value = "epsilon")
        Prediction prediction,
    @Param(
            doc = "simple: mean square of what the prediction misses; vlb: the bound in nats.",
            value = "simple")
        Objective objective,
    @Param(
            doc =
                "Last step: auto takes discretized for images, gaussian for tables; gaussian"
                    + " dequantises images.",
            value = "auto")
        LastStep decoder,
    Architecture architecture,
    DenoiserTraining.Settings training) {
  /** Losses by the names of the configuration. */
  public enum Objective {
    SIMPLE,
    VLB
  }

  /** Decoders by the names of the configuration. */
  public enum LastStep {
    AUTO,
    DISCRETIZED,
    GAUSSIAN
  }
}
