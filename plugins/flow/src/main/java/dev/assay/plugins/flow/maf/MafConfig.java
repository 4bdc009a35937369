package dev.assay.plugins.flow.maf;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the masked autoregressive flow. */
public record MafConfig(
    @Param(doc = "Autoregressive layers.", value = "8", min = 1, max = 256) int layers,
    @Param(
            doc = "Widths of the hidden layers of each layer's MADE.",
            value = "[64, 64]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(doc = "Nonlinearity of the networks.", value = "relu") Activation activation,
    @Param(doc = "Whether to learn p(x | label) instead of p(x).", value = "false")
        boolean conditional,
    @Defaults("learning_rate=3e-3") Training training) {}
