package dev.assay.plugins.flow.realnvp;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Dequantization;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of RealNVP. */
public record RealNvpConfig(
    @Param(doc = "Tables: coupling layers.", value = "8", min = 1, max = 256) int couplings,
    @Param(
            doc = "Tables: widths of the hidden layers of each coupling's network.",
            value = "[64, 64]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(
            doc = "Images: scales, the last without a squeeze; fewer where a side becomes odd.",
            value = "3",
            min = 1,
            max = 16)
        int scales,
    @Param(doc = "Images: channels of each coupling's network.", value = "32", min = 1, max = 4096)
        int channels,
    @Param(
            doc =
                "Images: residual blocks of each coupling's network, a 3×3 and a 1×1 convolution.",
            value = "2",
            min = 0,
            max = 64)
        int blocks,
    @Param(doc = "Nonlinearity of the networks.", value = "relu") Activation activation,
    @Param(
            doc = "Images: noise that makes levels real numbers, uniform or learned.",
            value = "uniform")
        Dequantization dequantization,
    @Param(doc = "Whether to learn p(x | label) instead of p(x).", value = "false")
        boolean conditional,
    @Defaults("learning_rate=3e-3") Training training) {}
