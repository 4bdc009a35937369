package dev.assay.plugins.gan.network;

import dev.assay.spi.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of images on their way through a convolutional network, largest first: each half of the
 * one before, rounded down, for as long as height and width are at least 8. So 8×8 gives 8, 4;
 * 28×28 gives 28, 14, 7; 32×32 gives 32, 16, 8, 4.
 */
public record ImageSizes(List<Size> sizes) {
  private static final int SMALLEST_TO_HALVE = 8;

  /** Height and width in pixels. */
  public record Size(int height, int width) {}

  public ImageSizes {
    sizes = List.copyOf(sizes);
  }

  public static ImageSizes of(Modality.Image image) {
    List<Size> sizes = new ArrayList<>();
    Size size = new Size(image.height(), image.width());
    sizes.add(size);
    while (Math.min(size.height(), size.width()) >= SMALLEST_TO_HALVE) {
      size = new Size(size.height() / 2, size.width() / 2);
      sizes.add(size);
    }
    return new ImageSizes(sizes);
  }

  /** The smallest. */
  public Size base() {
    return sizes.getLast();
  }

  /** How often the size is halved. */
  public int halvings() {
    return sizes.size() - 1;
  }

  /** The sizes after the base, smallest first. */
  public List<Size> rising() {
    return sizes.subList(0, halvings()).reversed();
  }
}
