package dev.assay.plugins.diffusion;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import java.util.List;

/**
 * Which network a model uses, and how large.
 *
 * @param network kind
 * @param width of the layers of an MLP, even
 * @param depth residual layers of an MLP
 * @param channels of a U-Net at the highest resolution, even
 * @param multipliers of a U-Net's channels at each resolution, at least one
 * @param blocks of a U-Net at each resolution
 */
public record Architecture(
    Network network, int width, int depth, int channels, List<Integer> multipliers, int blocks) {
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

  /**
   * A new network.
   *
   * @param item shape of an example: [columns] or [height, width, channels]
   * @param classes 0 for an unconditional network
   */
  Denoiser create(ParameterStore store, Shape item, int classes) {
    boolean image = item.rank() == 3;
    return network == Network.MLP || !image
        ? MlpDenoiser.create(store, item.size(), width, depth, classes)
        : new UNetBuilder(store, channels, multipliers, blocks).build(item, classes);
  }
}
