package dev.assay.plugins.flow.iaf;

import dev.assay.nn.Activation;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the inverse autoregressive flow. */
public record IafConfig(
    @Param(doc = "Autoregressive layers.", value = "8", min = 1, max = 256) int layers,
    @Param(
            doc = "Widths of the hidden layers of each layer's MADE.",
            value = "[64, 64]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(doc = "Nonlinearity of the networks.", value = "relu") Activation activation,
    @Param(doc = "Training examples per update.", value = "256", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
    @Param(
            doc =
                "Updates over which the learning rate falls by half a cosine to a hundredth; 0 for"
                    + " a constant one.",
            value = "0",
            min = 0,
            max = 1e9)
        long decaySteps,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "5",
            min = 0,
            max = 1e9)
        double clip) {}
