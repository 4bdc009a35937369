package dev.assay.plugins.autoregressive.pixelsnail;

import dev.assay.plugins.autoregressive.pixels.Training;
import dev.assay.spi.Param;

/** Training configuration of PixelSNAIL. */
public record PixelSnailConfig(
    @Param(
            doc = "Blocks, each of residual blocks and then attention; the paper has 12.",
            value = "2",
            min = 1,
            max = 100)
        int blocks,
    @Param(
            doc = "Gated residual blocks before each attention; the paper has 4.",
            value = "2",
            min = 1,
            max = 100)
        int residuals,
    @Param(doc = "Feature maps; the paper has 256.", value = "32", min = 1, max = 4096) int width,
    @Param(doc = "Attention heads.", value = "2", min = 1, max = 64) int heads,
    @Param(
            doc = "Width of the keys, queries and values of a head.",
            value = "16",
            min = 1,
            max = 512)
        int depth,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    Training training) {}
