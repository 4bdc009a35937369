package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/** z = x + by. */
record Shift(float by) implements Transform {
  @Override
  public Mapped forward(Tensor x, Condition condition) {
    return Mapped.uniform(x.add(by), Tensor.scalar(0));
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    return Mapped.uniform(z.sub(by), Tensor.scalar(0));
  }
}
