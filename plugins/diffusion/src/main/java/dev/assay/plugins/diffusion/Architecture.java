package dev.assay.plugins.diffusion;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.tensor.Shape;
import java.util.List;

/** Which network a model uses, and how large. */
public record Architecture(
    @Param(doc = "auto takes a U-Net for images, an MLP for tables.", value = "auto")
        Network network,
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
    @Param(
            doc =
                "U-Net: side of the squares of pixels that are read and told as one (Hoogeboom et"
                    + " al. 2023), which divides height and width.",
            value = "1",
            min = 1,
            max = 64)
        int patch,
    @Param(doc = "Dropout rate within residual blocks.", value = "0", min = 0, max = 0.9)
        double dropout) {
  /** Networks by the names of the configuration. */
  public enum Network {
    /** A U-Net for images, an MLP for tables. */
    AUTO,
    MLP,
    UNET
  }

  /**
   * @throws IllegalArgumentException if a number does not suit the network
   */
  public Architecture {
    multipliers = List.copyOf(multipliers);
    if (width % 2 != 0 || channels % 2 != 0) {
      throw new IllegalArgumentException(
          "'width' and 'channels' must be even, but are " + width + " and " + channels);
    }
    if (multipliers.isEmpty()) {
      throw new IllegalArgumentException("'multipliers' needs at least one number");
    }
  }

  /** Whether a network can be made for data, and if so {@code fit}. */
  public Fit fit(Modality x, Fit fit) {
    return switch (x) {
      case Modality.Image image when network != Network.MLP && !isCut(image) ->
          Fit.no(
              "'patch' is %d, but must divide height and width, %d and %d"
                  .formatted(patch, image.height(), image.width()));
      case Modality.Tabular _ when network == Network.UNET -> Fit.no("a U-Net needs images");
      default -> fit;
    };
  }

  private boolean isCut(Modality.Image image) {
    return image.height() % patch == 0 && image.width() % patch == 0;
  }

  /**
   * A new network.
   *
   * @param item shape of an example: [columns] or [height, width, channels]
   * @param classes 0 for an unconditional network
   */
  Denoiser create(ParameterStore store, Shape item, int classes) {
    boolean image = item.rank() == 3;
    if (network == Network.MLP || !image) {
      return MlpDenoiser.create(store, item.size(), width, depth, classes);
    }
    return new UNetBuilder(store, channels, multipliers, blocks)
        .build(new Patches(item, patch), classes);
  }
}
