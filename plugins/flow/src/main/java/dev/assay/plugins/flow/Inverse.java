package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/** A transform with its directions swapped. */
public record Inverse(Transform of) implements Transform {
  @Override
  public Mapped forward(Tensor x, Condition condition) {
    return of.inverse(x, condition);
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    return of.forward(z, condition);
  }
}
