package dev.assay.plugins.vae.vqvae;

import dev.assay.nn.Activation;
import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Likelihood;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the VQ-VAE and of the prior over its codes. */
public record VqVaeConfig(
    @Param(doc = "Codes that stand for one example.", value = "8", min = 1, max = 1024)
        int positions,
    @Param(doc = "K: entries of the codebook.", value = "32", min = 2, max = 65536) int codes,
    @Param(doc = "Dimensions of an entry.", value = "16", min = 1, max = 4096) int width,
    @Param(doc = "Networks: mlp, or conv for images.", value = "mlp") Architecture.Kind network,
    @Param(
            doc =
                "Of mlp: widths of the hidden layers, encoder first to last; the decoder mirrors"
                    + " them.",
            value = "[200]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(
            doc =
                "Of conv: channels of the convolutions, each of which halves the image, encoder"
                    + " first to last; the decoder mirrors them.",
            value = "[32, 64]",
            min = 1,
            max = 4096)
        List<Integer> channels,
    @Param(doc = "Nonlinearity of the hidden layers.", value = "tanh") Activation activation,
    @Param(
            doc =
                "p(x | z): auto takes bernoulli for binary images, discretized_logistic for other"
                    + " images, gaussian for tables.",
            value = "auto")
        Likelihood.Choice likelihood,
    @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
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

  Architecture architecture() {
    return new Architecture(network, hidden, channels, activation);
  }
}
