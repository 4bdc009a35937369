package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/** y = sinh(x + p): a bijection of the whole line, neither linear nor of constant slope. */
record Sinh() implements Bijection {
  @Override
  public int parameters() {
    return 1;
  }

  @Override
  public Curve forward(Tensor x, Tensor p) {
    Tensor sum = x.add(Bijection.parameter(p, 0));
    Tensor up = sum.exp().mul(0.5f);
    Tensor down = sum.neg().exp().mul(0.5f);
    return new Curve(up.sub(down), up.add(down).log());
  }

  @Override
  public Curve inverse(Tensor y, Tensor p) {
    Tensor slope = y.square().add(1).sqrt();
    Tensor sum = y.abs().add(slope).log().mul(y.sign());
    return new Curve(sum.sub(Bijection.parameter(p, 0)), slope.log().neg());
  }
}
