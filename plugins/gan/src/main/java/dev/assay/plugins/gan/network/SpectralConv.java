package dev.assay.plugins.gan.network;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * A convolution that keeps the size, its filter spectrally normalised.
 *
 * @param filter [kernel, kernel, in, out]
 * @param bias [out]
 */
public record SpectralConv(Weight filter, Parameter bias) {
  /**
   * @param kernel odd
   */
  public static SpectralConv create(ParameterStore store, int in, int out, int kernel) {
    Shape shape = Shape.of(kernel, kernel, in, out);
    return new SpectralConv(
        Weight.create(store, shape, Initializer.glorotUniform(), true),
        store.parameter("bias", Shape.of(out), Initializer.zeros()));
  }

  /** x [n, h, w, in] → [n, h, w, out]. */
  public Tensor apply(Tensor x, Pass pass) {
    int pad = filter.parameter().shape().dim(0) / 2;
    return x.conv2d(filter.value(pass), Window.padded(pad)).add(bias.value());
  }
}
