package dev.assay.plugins.gan.network;

import dev.assay.plugins.gan.network.ImageSizes.Size;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** Between one of the {@link ImageSizes} and the next. */
public final class Resampling {
  private Resampling() {}

  /**
   * Each pixel four times, and the last row or column once more where the size is odd: x [n, h, w,
   * c] → [n, height, width, c].
   */
  public static Tensor up(Tensor x, Size size) {
    int n = x.dim(0);
    int h = x.dim(1);
    int w = x.dim(2);
    int c = x.dim(3);
    Tensor y =
        x.reshape(n, h, 1, w, 1, c)
            .broadcast(Shape.of(n, h, 2, w, 2, c))
            .reshape(n, 2 * h, 2 * w, c);
    y = size.height() > 2 * h ? Tensor.concat(1, y, y.slice(1, 2 * h - 1, 1)) : y;
    return size.width() > 2 * w ? Tensor.concat(2, y, y.slice(2, 2 * w - 1, 1)) : y;
  }

  /**
   * The mean of each four pixels, without the last row or column where the size is odd: x [n, h, w,
   * c] → [n, h / 2, w / 2, c].
   */
  public static Tensor down(Tensor x) {
    int h = x.dim(1) / 2;
    int w = x.dim(2) / 2;
    return x.slice(1, 0, 2 * h)
        .slice(2, 0, 2 * w)
        .reshape(x.dim(0), h, 2, w, 2, x.dim(3))
        .mean(2, 4);
  }
}
