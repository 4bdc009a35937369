package dev.assay.plugins.autoregressive.made;

import dev.assay.nn.Activation;
import dev.assay.plugins.autoregressive.pixels.Training;
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
    @Param(
            doc = "Dropout rate of the hidden units while training.",
            value = "0.5",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    @Param(doc = "Images of one update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
    @Param(
            doc =
                "Decay of the moving average of weights that scores and samples come from; 0 for"
                    + " the weights themselves.",
            value = "0.999",
            min = 0,
            max = 0.999999)
        double average) {
  Training training() {
    return new Training(batch, learningRate, dropout, average);
  }
}
