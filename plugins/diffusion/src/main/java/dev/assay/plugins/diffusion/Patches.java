package dev.assay.plugins.diffusion;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * Images as fewer, wider pixels: each square of them becomes one with all their channels.
 *
 * @param item [height, width, channels] of an image
 * @param side of a square, a divisor of height and width
 */
record Patches(Shape item, int side) {
  /** Channels of a wide pixel. */
  int channels() {
    return side * side * item.dim(2);
  }

  /** Flat images [n, height · width · channels] → [n, height / side, width / side, channels()]. */
  Tensor fold(Tensor x) {
    int rows = item.dim(0) / side;
    int columns = item.dim(1) / side;
    return x.reshape(x.dim(0), rows, side, columns, side, item.dim(2))
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(x.dim(0), rows, columns, channels());
  }

  /** Back again. */
  Tensor unfold(Tensor y) {
    return y.reshape(y.dim(0), y.dim(1), y.dim(2), side, side, item.dim(2))
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(y.dim(0), item.size());
  }
}
