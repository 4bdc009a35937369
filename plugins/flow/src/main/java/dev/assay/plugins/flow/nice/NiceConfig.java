package dev.assay.plugins.flow.nice;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Base;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of NICE. */
public record NiceConfig(
    @Param(doc = "Coupling layers.", value = "4", min = 1, max = 256) int couplings,
    @Param(
            doc = "Widths of the hidden layers of each coupling's network.",
            value = "[256, 256]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(doc = "Nonlinearity of the networks.", value = "relu") Activation activation,
    @Param(doc = "Distribution of the latents.", value = "logistic") Base prior,
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
