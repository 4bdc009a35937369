package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/** An increasing function of one number, given by parameters that a network computes. */
public interface Bijection {
  /** Parameters per number. */
  int parameters();

  /** x [..] and p [.., parameters] → y, and ln dy/dx, of x's shape. */
  Curve forward(Tensor x, Tensor p);

  /** y [..] and p [.., parameters] → x, and ln dx/dy, of y's shape. */
  Curve inverse(Tensor y, Tensor p);

  /**
   * @param value of the function
   * @param logSlope ln of its derivative
   */
  record Curve(Tensor value, Tensor logSlope) {
    Mapped mapped() {
      return Mapped.elementwise(value, logSlope);
    }
  }

  /** Parameter i of each number: p [.., parameters] → [..]. */
  static Tensor parameter(Tensor p, int i) {
    return p.slice(-1, i, 1).reshape(p.shape().without(-1));
  }
}
