package dev.assay.plugins.flow.nice;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Training;
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
    Training training) {}
