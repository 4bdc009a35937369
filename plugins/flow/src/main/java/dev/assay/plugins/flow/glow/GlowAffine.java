package dev.assay.plugins.flow.glow;

import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Tensor;

/**
 * y = s ⊙ x + t, table 1, with s = ε + (1 − ε) sigmoid(ŝ + 2): below 1 as in the paper's code, and
 * not below ε, so that the inverses of many steps, 1 / s each, do not overflow.
 */
record GlowAffine() implements Bijection {
  private static final float OPEN = 2;
  private static final float LEAST = 0.05f;

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public Curve forward(Tensor x, Tensor p) {
    Tensor scale = scale(p);
    return new Curve(x.mul(scale).add(Bijection.parameter(p, 1)), scale.log());
  }

  @Override
  public Curve inverse(Tensor y, Tensor p) {
    Tensor scale = scale(p);
    return new Curve(y.sub(Bijection.parameter(p, 1)).div(scale), scale.log().neg());
  }

  private static Tensor scale(Tensor p) {
    return Bijection.parameter(p, 0).add(OPEN).sigmoid().mul(1 - LEAST).add(LEAST);
  }
}
