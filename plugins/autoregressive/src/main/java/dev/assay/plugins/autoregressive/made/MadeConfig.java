package dev.assay.plugins.autoregressive.made;

import dev.assay.nn.Activation;
import dev.assay.plugins.autoregressive.pixels.Training;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of MADE. */
public record MadeConfig(
    @Param(
            doc = "Units of each hidden layer, first to last.",
            value = "[500]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(
            doc =
                "Orders of the pixels, each with masks of its own; updates take turns, scores and"
                    + " samples are of their mixture. The first is row by row, the others random.",
            value = "1",
            min = 1,
            max = 4096)
        int orders,
    @Param(doc = "Nonlinearity of the hidden layers.", value = "relu") Activation activation,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    @Defaults({"batch=64", "dropout=0.5"}) Training training) {}
