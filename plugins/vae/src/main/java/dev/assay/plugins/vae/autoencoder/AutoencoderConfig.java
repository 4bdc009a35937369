package dev.assay.plugins.vae.autoencoder;

import dev.assay.nn.Activation;
import dev.assay.plugins.vae.Architecture;
import dev.assay.plugins.vae.Likelihood;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the autoencoder and of the mixture of its codes. */
public record AutoencoderConfig(
    @Param(doc = "Dimensions of a code.", value = "8", min = 1, max = 4096) int latent,
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
                "p(x | z), whose mean the decoder learns: auto takes bernoulli for binary images, discretized_logistic for other"
                    + " images, gaussian for tables.",
            value = "auto")
        Likelihood.Choice likelihood,
    @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
    @Param(
            doc = "Gaussians of the mixture that codes are sampled from.",
            value = "32",
            min = 1,
            max = 4096)
        int components) {
  Architecture architecture() {
    return new Architecture(network, hidden, channels, activation);
  }
}
