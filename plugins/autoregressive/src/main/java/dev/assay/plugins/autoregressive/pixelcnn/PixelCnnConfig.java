package dev.assay.plugins.autoregressive.pixelcnn;

import dev.assay.plugins.autoregressive.pixels.Training;
import dev.assay.spi.Param;

/** Training configuration of the gated PixelCNN. */
public record PixelCnnConfig(
    @Param(doc = "Layers after the first.", value = "5", min = 0, max = 1000) int layers,
    @Param(doc = "Feature maps of each stack, p in the paper.", value = "32", min = 1, max = 4096)
        int width,
    @Param(doc = "Extent of the first layer's filter; odd.", value = "7", min = 1, max = 99)
        int firstKernel,
    @Param(doc = "Extent of the other layers' filters; odd.", value = "3", min = 1, max = 99)
        int kernel,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    Training training) {
  public PixelCnnConfig {
    if (firstKernel % 2 == 0 || kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "'first_kernel' is "
              + firstKernel
              + " and 'kernel' is "
              + kernel
              + ", but both must be odd");
    }
  }
}
