package dev.assay.plugins.flow.splineflow;

import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * Monotone rational-quadratic spline of K bins on [−B, B], the identity beyond; §3.1. Of the 3K − 1
 * parameters, the first K give the widths of the bins, the next K their heights, the others the
 * slopes at the inner knots; at the outer ones the slope is 1. All parameters at 0 give the
 * identity.
 *
 * @param bins K, at least 2, at most 256
 * @param bound B
 */
record RationalQuadratic(int bins, float bound) implements Bijection {
  /** Smallest width and height of a bin, as a part of all, and smallest slope. */
  static final float SMALLEST = 1e-3f;

  /** softplus⁻¹(1 − smallest slope). */
  private static final float UNIT_SLOPE = (float) Math.log(Math.expm1(1 - SMALLEST));

  @Override
  public int parameters() {
    return 3 * bins - 1;
  }

  /** Eqs. 4 and 5. */
  @Override
  public Curve forward(Tensor x, Tensor p) {
    Knots knots = knots(p);
    Tensor inner = clamp(x);
    Bin bin = knots.bin(knots.x, inner);
    Tensor xi = inner.sub(bin.x).div(bin.width);
    Tensor numerator = bin.s().mul(xi.square()).add(bin.left.mul(mixed(xi)));
    Tensor y = bin.y.add(bin.height.mul(numerator).div(bin.denominator(xi)));
    return within(x, y, bin.logSlope(xi));
  }

  /** Eqs. 6 to 8: the root of a quadratic equation in ξ. */
  @Override
  public Curve inverse(Tensor y, Tensor p) {
    Knots knots = knots(p);
    Tensor inner = clamp(y);
    Bin bin = knots.bin(knots.y, inner);
    Tensor rise = inner.sub(bin.y);
    Tensor bend = rise.mul(bin.bend());
    Tensor a = bin.height.mul(bin.s().sub(bin.left)).add(bend);
    Tensor b = bin.height.mul(bin.left).sub(bend);
    Tensor c = bin.s().mul(rise).neg();
    Tensor discriminant = b.square().sub(a.mul(c).mul(4)).max(0);
    Tensor xi = c.mul(-2).div(b.add(discriminant.sqrt()));
    Tensor x = bin.x.add(xi.mul(bin.width));
    return within(y, x, bin.logSlope(xi).neg());
  }

  private Tensor clamp(Tensor x) {
    return x.max(-bound).min(Tensor.scalar(bound));
  }

  /** The identity where x is out of bounds. */
  private Curve within(Tensor x, Tensor y, Tensor logSlope) {
    Tensor inside = x.abs().lessEqual(Tensor.scalar(bound));
    return new Curve(inside.where(y, x), inside.mul(logSlope));
  }

  /** ξ (1 − ξ). */
  private static Tensor mixed(Tensor xi) {
    return xi.mul(xi.neg().add(1));
  }

  private Knots knots(Tensor p) {
    Tensor widths = parts(p.slice(-1, 0, bins));
    Tensor heights = parts(p.slice(-1, bins, bins));
    Tensor inner = p.slice(-1, 2 * bins, bins - 1).add(UNIT_SLOPE).softplus().add(SMALLEST);
    Tensor slopes = inner.pad(-1, 1, 1, 1);
    return new Knots(leftEnds(widths), widths, leftEnds(heights), heights, slopes);
  }

  /** Positive parts of [−B, B]: [.., K] → [.., K]. */
  private Tensor parts(Tensor p) {
    Tensor share = Tensors.softmax(p, -1).mul(1 - SMALLEST * bins).add(SMALLEST);
    return share.mul(2 * bound);
  }

  /** −B plus the sum of the parts before: [.., K] → [.., K]. */
  private Tensor leftEnds(Tensor parts) {
    Shape square = Shape.of(bins, bins);
    Tensor before = Tensor.iota(square, 0).less(Tensor.iota(square, 1));
    return parts.matmul(before).sub(bound);
  }

  /**
   * @param x left ends of the bins [.., K]
   * @param widths [.., K]
   * @param y lower ends of the bins [.., K]
   * @param heights [.., K]
   * @param slopes δ at the knots [.., K + 1]
   */
  private record Knots(Tensor x, Tensor widths, Tensor y, Tensor heights, Tensor slopes) {
    /**
     * The bin of each number.
     *
     * @param ends left or lower ends of the bins
     * @param at [..], between the first end and the last one's other side
     */
    Bin bin(Tensor ends, Tensor at) {
      int count = ends.dim(-1);
      Tensor column = at.reshape(at.shape().insert(at.rank(), 1));
      Tensor reached = ends.slice(-1, 1, count - 1).lessEqual(column);
      Tensor hot = reached.pad(-1, 1, 0, 1).sub(reached.pad(-1, 0, 1, 0));
      return new Bin(
          pick(hot, x),
          pick(hot, widths),
          pick(hot, y),
          pick(hot, heights),
          pick(hot, slopes.slice(-1, 0, count)),
          pick(hot, slopes.slice(-1, 1, count)));
    }

    private static Tensor pick(Tensor hot, Tensor values) {
      return hot.mul(values).sum(-1);
    }
  }

  /**
   * @param x left end
   * @param y lower end
   * @param left δₖ
   * @param right δₖ₊₁
   */
  private record Bin(Tensor x, Tensor width, Tensor y, Tensor height, Tensor left, Tensor right) {
    /** sₖ, the mean slope. */
    Tensor s() {
      return height.div(width);
    }

    /** δₖ₊₁ + δₖ − 2 sₖ. */
    Tensor bend() {
      return right.add(left).sub(s().mul(2));
    }

    Tensor denominator(Tensor xi) {
      return s().add(bend().mul(mixed(xi)));
    }

    /** ln of eq. 5. */
    Tensor logSlope(Tensor xi) {
      Tensor rest = xi.neg().add(1);
      Tensor numerator =
          right.mul(xi.square()).add(s().mul(mixed(xi)).mul(2)).add(left.mul(rest.square()));
      return s().log().mul(2).add(numerator.log()).sub(denominator(xi).log().mul(2));
    }
  }
}
