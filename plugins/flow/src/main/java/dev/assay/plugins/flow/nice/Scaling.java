package dev.assay.plugins.flow.nice;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Condition;
import dev.assay.plugins.flow.Mapped;
import dev.assay.plugins.flow.Transform;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * z = exp(s) ⊙ x: the top layer, which weighs the dimensions, §3.3.
 *
 * @param logScale s [columns]
 */
record Scaling(Parameter logScale) implements Transform {
  static Scaling create(ParameterStore store, int columns) {
    return new Scaling(store.parameter("log_scale", Shape.of(columns), Initializer.zeros()));
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    return Mapped.uniform(x.mul(logScale.value().exp()), logScale.value().sum());
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    return Mapped.uniform(z.mul(logScale.value().neg().exp()), logScale.value().sum().neg());
  }
}
