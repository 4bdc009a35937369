package dev.assay.plugins.flow;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * Each 2 by 2 square of places becomes one place of four times the channels: [rows, h, w, c] →
 * [rows, h/2, w/2, 4c]. Dinh et al. 2016, §3.6.
 */
public record Squeeze() implements Transform {
  @Override
  public Mapped forward(Tensor x, Condition condition) {
    int n = x.dim(0);
    int h = x.dim(1) / 2;
    int w = x.dim(2) / 2;
    int c = x.dim(3);
    Tensor squares = x.reshape(n, h, 2, w, 2, c).permute(0, 1, 3, 2, 4, 5);
    return Mapped.uniform(squares.reshape(n, h, w, 4 * c), Tensor.scalar(0));
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    int n = z.dim(0);
    int h = z.dim(1);
    int w = z.dim(2);
    int c = z.dim(3) / 4;
    Tensor squares = z.reshape(n, h, w, 2, 2, c).permute(0, 1, 3, 2, 4, 5);
    return Mapped.uniform(squares.reshape(n, 2 * h, 2 * w, c), Tensor.scalar(0));
  }

  /** Whether images of this shape [h, w, c] can be squeezed. */
  public static boolean fits(Shape item) {
    return item.dim(0) % 2 == 0 && item.dim(1) % 2 == 0;
  }

  /** Shape of a squeezed image: [h, w, c] → [h/2, w/2, 4c]. */
  public static Shape of(Shape item) {
    return Shape.of(item.dim(0) / 2, item.dim(1) / 2, 4 * item.dim(2));
  }
}
