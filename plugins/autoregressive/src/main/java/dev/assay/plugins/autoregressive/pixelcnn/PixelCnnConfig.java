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
    @Param(
            doc = "Dropout rate of what each gate lets through, while training.",
            value = "0",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    @Param(doc = "Images of one update.", value = "32", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
    @Param(
            doc =
                "Decay of the moving average of weights that scores and samples come from; 0 for"
                    + " the weights themselves.",
            value = "0.999",
            min = 0,
            max = 0.999999)
        double average) {
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

  Training training() {
    return new Training(batch, learningRate, dropout, average);
  }
}
