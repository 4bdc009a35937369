package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;

/**
 * Rotary positions: numbers i and i + depth/2 of a head are turned by the angle position · θᵢ, θᵢ =
 * base^(−2i/depth), so that products of queries and keys depend on distances alone. Su et al. 2021,
 * eq. 34, with the pairs of GPT-NeoX.
 *
 * @param depth width of a head, even
 * @param context positions 0 … context − 1
 * @param base 10,000 in the paper
 */
public record Rotary(int depth, int context, double base) {
  private static final double BASE = 10_000;

  public Rotary {
    if (depth % 2 != 0) {
      throw new ShapeException("rotary positions need heads of even width, not " + depth);
    }
  }

  public static Rotary of(int depth, int context) {
    return new Rotary(depth, context, BASE);
  }

  /** x [batch, time, heads, depth] → the same shape; token t stands at position t. */
  public Tensor apply(Tensor x) {
    int time = x.dim(1);
    Shape shape = Shape.of(time, 1, depth / 2);
    return turned(
        x,
        table(true).slice(0, 0, time).reshape(shape),
        table(false).slice(0, 0, time).reshape(shape));
  }

  /**
   * x [batch, 1, heads, depth] → the same shape.
   *
   * @param positions I32 [batch]
   */
  public Tensor apply(Tensor x, Tensor positions) {
    Shape shape = Shape.of(x.dim(0), 1, 1, depth / 2);
    return turned(
        x,
        table(true).gather(positions).reshape(shape),
        table(false).gather(positions).reshape(shape));
  }

  private Tensor turned(Tensor x, Tensor cosine, Tensor sine) {
    Tensor a = x.slice(-1, 0, depth / 2);
    Tensor b = x.slice(-1, depth / 2, depth / 2);
    return Tensor.concat(3, a.mul(cosine).sub(b.mul(sine)), b.mul(cosine).add(a.mul(sine)));
  }

  /** Cosines or sines, [context, depth / 2]. */
  private Tensor table(boolean cosine) {
    float[] values = new float[context * depth / 2];
    for (int i = 0; i < values.length; i++) {
      double frequency = Math.pow(base, -2.0 * (i % (depth / 2)) / depth);
      double angle = i / (depth / 2) * frequency;
      values[i] = (float) (cosine ? Math.cos(angle) : Math.sin(angle));
    }
    return Tensor.constant(values, Shape.of(context, depth / 2));
  }
}
