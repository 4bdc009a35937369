package dev.assay.plugins.autoregressive.pixels;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What is learnt.
 *
 * @param image the images
 * @param classes of the labels that p(x | label) is given; 0 for p(x)
 */
public record PixelData(Modality.Image image, int classes) {
  /** Most levels that a softmax is made for. */
  private static final int MOST_LEVELS = 256;

  /**
   * Whether data is images of up to 256 levels, with labels if they are made use of.
   *
   * @param conditional whether labels are made use of; if not, they are left aside
   */
  public static Fit fit(DataSpec spec, boolean conditional) {
    if (!(spec instanceof DataSpec.Conditional(Modality.Image image, Modality condition))) {
      return Fit.no("it models images");
    }
    if (image.levels() > MOST_LEVELS) {
      return Fit.no("it models at most 256 levels, and these images have " + image.levels());
    }
    boolean labelled = condition instanceof Modality.Label;
    if (!labelled && !(condition instanceof Modality.Nothing)) {
      return Fit.no("it models images with or without labels, under no other condition");
    }
    return conditional && !labelled
        ? Fit.no("it is to be conditional, and these images have no labels")
        : Fit.raw();
  }

  /** As {@link #fit}, for a model of images of one channel. */
  public static Fit fitGrey(DataSpec spec, boolean conditional) {
    return spec instanceof DataSpec.Conditional(Modality.Image image, _) && image.channels() > 1
        ? Fit.no("it models images of one channel, and these have " + image.channels())
        : fit(spec, conditional);
  }

  /** What {@link #fit} said yes to. */
  public static PixelData of(DataSpec spec, boolean conditional) {
    DataSpec.Conditional images = (DataSpec.Conditional) spec;
    int classes = conditional ? ((Modality.Label) images.condition()).classes() : 0;
    return new PixelData((Modality.Image) images.x(), classes);
  }

  /** Shape of one image: [height, width, channels]. */
  public Shape item() {
    return Shape.of(image.height(), image.width(), image.channels());
  }

  /** Numbers in one image. */
  public int pixels() {
    return image.size();
  }

  /** Numbers that a network reads of each pixel in one-hot form; of a binary pixel its level. */
  public int numbers() {
    return image.levels() == 2 ? 1 : image.levels();
  }

  boolean conditional() {
    return classes > 0;
  }

  /** How the network's output is read. */
  public Levels levels() {
    return Levels.of(image.levels());
  }

  /** The input {@code x} [rows, pixels]. */
  Tensor x(int rows) {
    return Tensor.input("x", DType.F32, Shape.of(rows, pixels()));
  }

  /** The input {@code labels} I32 [rows], if labels are made use of. */
  @Nullable Tensor labels(int rows) {
    return conditional() ? Tensor.input("labels", DType.I32, Shape.of(rows)) : null;
  }
}
