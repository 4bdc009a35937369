package dev.assay.plugins.diffusion.flowmatching;

import dev.assay.plugins.diffusion.Architecture;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of flow matching. */
public record FlowMatchingConfig(
    @Param(doc = "Whether to learn p(x | label), for data with labels.", value = "false")
        boolean conditional,
    @Param(
            doc = "With conditional: part of the labels dropped, for guidance.",
            value = "0.1",
            min = 0,
            max = 1)
        double labelDropout,
    @Param(doc = "auto takes a U-Net for images, an MLP for tables.", value = "auto")
        Architecture.Network network,
    @Param(doc = "MLP: width of the layers.", value = "128", min = 2, max = 65536) int width,
    @Param(doc = "MLP: residual layers.", value = "3", min = 1, max = 100) int depth,
    @Param(doc = "U-Net: channels at full resolution.", value = "32", min = 2, max = 4096)
        int channels,
    @Param(
            doc = "U-Net: channels at each resolution, each half the last, over those at full.",
            value = "[1, 2]",
            min = 1,
            max = 64)
        List<Integer> multipliers,
    @Param(doc = "U-Net: residual blocks at each resolution.", value = "1", min = 1, max = 16)
        int blocks,
    @Param(doc = "Dropout rate within residual blocks.", value = "0", min = 0, max = 0.9)
        double dropout,
    @Param(
            doc = "Decay of the averaged weights that sample and score; 0 takes the last ones.",
            value = "0.999",
            min = 0,
            max = 0.99999)
        double ema,
    @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate) {
  /**
   * @throws IllegalArgumentException if a number does not suit the network
   */
  public FlowMatchingConfig {
    multipliers = List.copyOf(multipliers);
    new Architecture(network, width, depth, channels, multipliers, blocks);
  }

  Architecture architecture() {
    return new Architecture(network, width, depth, channels, multipliers, blocks);
  }
}
