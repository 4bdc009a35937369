package dev.assay.plugins.autoregressive.pixels;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * A convolution that keeps the size of an image and sees nothing below or, as its window says, to
 * the right. Where a causal network must not see a pixel itself, its input is moved by {@link
 * #down} or {@link #right}.
 *
 * @param filter [height, width, in, out]
 * @param bias [out]
 */
public record Convolution(Parameter filter, Parameter bias, Window window) {
  /**
   * Sees the same row and {@code height} − 1 rows above, {@code width} columns about its own.
   *
   * @param width odd
   */
  public static Convolution above(ParameterStore store, int in, int out, int height, int width) {
    return create(store, in, out, height, width, width / 2, width / 2);
  }

  /** Sees its own pixel and {@code width} − 1 to the left, in as many as {@code height} rows. */
  public static Convolution left(ParameterStore store, int in, int out, int height, int width) {
    return create(store, in, out, height, width, width - 1, 0);
  }

  private static Convolution create(
      ParameterStore store, int in, int out, int height, int width, int left, int right) {
    Shape shape = Shape.of(height, width, in, out);
    return new Convolution(
        store.parameter("weight", shape, Initializer.glorotUniform()),
        store.parameter("bias", Shape.of(out), Initializer.zeros()),
        new Window(1, 1, height - 1, 0, left, right, 1, 1, 1));
  }

  /** x [n, h, w, in] → [n, h, w, out]. */
  public Tensor apply(Tensor x) {
    return x.conv2d(filter.value(), window).add(bias.value());
  }

  /** x [n, h, w, c] moved down by one row, so that a row sees those above alone. */
  public static Tensor down(Tensor x) {
    return x.pad(1, 1, 0, 0).slice(1, 0, x.dim(1));
  }

  /** x [n, h, w, c] moved right by one column, so that a pixel sees those to its left alone. */
  public static Tensor right(Tensor x) {
    return x.pad(2, 1, 0, 0).slice(2, 0, x.dim(2));
  }

  /**
   * What convolutions read of an image: x [n, pixels], levels 0 … levels − 1 → [n, h, w, 2], the
   * level scaled to [−1, 1], and 1 to tell the image from what surrounds it.
   */
  public static Tensor planes(Tensor x, PixelData data) {
    Tensor image = x.reshape(x.dim(0), data.image().height(), data.image().width(), 1);
    Tensor scaled = image.mul(2f / (data.image().levels() - 1)).sub(1);
    return Tensor.concat(3, scaled, Tensor.fill(1, scaled.shape()));
  }
}
