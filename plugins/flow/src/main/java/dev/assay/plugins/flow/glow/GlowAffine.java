package dev.assay.plugins.flow.glow;

import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Tensor;

/**
 * y = s ⊙ x + t, table 1, with s = sigmoid(ŝ + 2) as in the paper's code, which keeps it below 1.
 */
record GlowAffine() implements Bijection {
  private static final float OPEN = 2;

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public Curve forward(Tensor x, Tensor p) {
    Tensor raw = raw(p);
    return new Curve(x.mul(raw.sigmoid()).add(Bijection.parameter(p, 1)), logScale(raw));
  }

  @Override
  public Curve inverse(Tensor y, Tensor p) {
    Tensor raw = raw(p);
    // 1 / sigmoid(a) = 1 + e⁻ᵃ
    Tensor x = y.sub(Bijection.parameter(p, 1)).mul(raw.neg().exp().add(1));
    return new Curve(x, logScale(raw).neg());
  }

  private static Tensor raw(Tensor p) {
    return Bijection.parameter(p, 0).add(OPEN);
  }

  private static Tensor logScale(Tensor raw) {
    return raw.neg().softplus().neg();
  }
}
