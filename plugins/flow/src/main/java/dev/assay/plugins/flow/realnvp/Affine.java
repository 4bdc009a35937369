package dev.assay.plugins.flow.realnvp;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Bijection;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * y = x ⊙ exp(s) + t, eq. 4, where s is a hyperbolic tangent times a learned scale, §4.1.
 *
 * @param scale of each column or channel [n]
 */
record Affine(Parameter scale) implements Bijection {
  static Affine create(ParameterStore store, int columns) {
    return new Affine(store.parameter("scale", Shape.of(columns), Initializer.ones()));
  }

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public Curve forward(Tensor x, Tensor p) {
    Tensor s = s(p);
    return new Curve(x.mul(s.exp()).add(t(p)), s);
  }

  @Override
  public Curve inverse(Tensor y, Tensor p) {
    Tensor s = s(p);
    return new Curve(y.sub(t(p)).mul(s.neg().exp()), s.neg());
  }

  private Tensor s(Tensor p) {
    return Bijection.parameter(p, 0).tanh().mul(scale.value());
  }

  private static Tensor t(Tensor p) {
    return Bijection.parameter(p, 1);
  }
}
