package dev.assay.plugins.gan.network;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * x W + b, W spectrally normalised.
 *
 * @param weight [in, out]
 * @param bias [out]
 */
public record SpectralLinear(Weight weight, Parameter bias) {
  public static SpectralLinear create(ParameterStore store, int in, int out) {
    return new SpectralLinear(
        Weight.create(store, Shape.of(in, out), Initializer.glorotUniform(), true),
        store.parameter("bias", Shape.of(out), Initializer.zeros()));
  }

  /** x [n, in] → [n, out]. */
  public Tensor apply(Tensor x, Pass pass) {
    return x.matmul(weight.value(pass)).add(bias.value());
  }
}
