package dev.assay.plugins.flow.iaf;

import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Tensor;

/**
 * x = σ z + (1 − σ) m with σ = sigmoid(s): eqs. 13 and 14. s is kept within 2 ± 3 by a hyperbolic
 * tangent, which the paper does not do: dividing by many small σ could else overflow.
 */
record Gated() implements Bijection {
  /** Added to s, so that a layer begins by keeping most of z: §3, after LSTM forget gates. */
  private static final float OPEN = 2;

  private static final float MOST = 3;

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public Curve forward(Tensor z, Tensor p) {
    Tensor s = s(p);
    Tensor gate = s.sigmoid();
    return new Curve(z.mul(gate).add(s.neg().sigmoid().mul(m(p))), logGate(s));
  }

  @Override
  public Curve inverse(Tensor x, Tensor p) {
    Tensor s = s(p);
    // 1/σ = 1 + e⁻ˢ
    Tensor z = x.add(x.sub(m(p)).mul(s.neg().exp()));
    return new Curve(z, logGate(s).neg());
  }

  /** ln σ. */
  private static Tensor logGate(Tensor s) {
    return s.neg().softplus().neg();
  }

  private static Tensor m(Tensor p) {
    return Bijection.parameter(p, 0);
  }

  private static Tensor s(Tensor p) {
    return Bijection.parameter(p, 1).mul(1 / MOST).tanh().mul(MOST).add(OPEN);
  }
}
