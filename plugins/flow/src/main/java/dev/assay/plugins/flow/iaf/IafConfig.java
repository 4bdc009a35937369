package dev.assay.plugins.flow.iaf;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Training;
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
    Training training) {}
