package dev.assay.plugins.flow.nice;

import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Tensor;

/** y = x + m: the additive coupling law, §3.2. */
record Additive() implements Bijection {
  @Override
  public int parameters() {
    return 1;
  }

  @Override
  public Curve forward(Tensor x, Tensor p) {
    return new Curve(x.add(Bijection.parameter(p, 0)), Tensor.fill(0, x.shape()));
  }

  @Override
  public Curve inverse(Tensor y, Tensor p) {
    return new Curve(y.sub(Bijection.parameter(p, 0)), Tensor.fill(0, y.shape()));
  }
}
