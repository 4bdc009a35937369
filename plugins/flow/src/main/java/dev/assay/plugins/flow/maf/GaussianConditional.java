package dev.assay.plugins.flow.maf;

import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Tensor;

/**
 * u = (x − μ) exp(−α) and back, x = u exp(α) + μ: eqs. 3 to 5. α is kept within ±3 by a hyperbolic
 * tangent, which the paper does not do: a stack of them could else overflow.
 */
record GaussianConditional() implements Bijection {
  private static final float MOST = 3;

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public Curve forward(Tensor x, Tensor p) {
    Tensor alpha = alpha(p);
    return new Curve(x.sub(Bijection.parameter(p, 0)).mul(alpha.neg().exp()), alpha.neg());
  }

  @Override
  public Curve inverse(Tensor u, Tensor p) {
    Tensor alpha = alpha(p);
    return new Curve(u.mul(alpha.exp()).add(Bijection.parameter(p, 0)), alpha);
  }

  private static Tensor alpha(Tensor p) {
    return Bijection.parameter(p, 1).mul(1 / MOST).tanh().mul(MOST);
  }
}
