package dev.assay.plugins.gan.stylegan;

import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * A convolution whose filter is scaled for each image: w′ᵢⱼₖ = sᵢ wᵢⱼₖ, then, if demodulated,
 * divided by its norm over i and k. Karras et al. 2020, eqs. 1 and 3.
 *
 * @param style A: w → s
 * @param filter [kernel, kernel, in, out]
 */
record ModulatedConv(Linear style, Parameter filter, boolean demodulated) {
  private static final float EPSILON = 1e-8f;

  /**
   * @param kernel odd
   */
  static ModulatedConv create(
      ParameterStore store, int latent, int in, int out, int kernel, boolean demodulated) {
    return new ModulatedConv(
        Linear.create(store.scope("style"), latent, in, Initializer.torch(), Initializer.ones()),
        store.parameter("weight", Shape.of(kernel, kernel, in, out), Initializer.heNormal()),
        demodulated);
  }

  /**
   * The scales of the filter commute with the sums over its places, so they are put on the images
   * before and after one common convolution.
   *
   * @param x [n, h, w, in]
   * @param w styles [n, latent]
   * @return [n, h, w, out]
   */
  Tensor apply(Tensor x, Tensor w) {
    int n = x.dim(0);
    Tensor s = style.apply(w);
    Window window = Window.padded(filter.shape().dim(0) / 2);
    Tensor y = x.mul(s.reshape(n, 1, 1, -1)).conv2d(filter.value(), window);
    if (!demodulated) {
      return y;
    }
    Tensor squares = filter.value().square().sum(0, 1);
    Tensor scale = s.square().matmul(squares).add(EPSILON).rsqrt();
    return y.mul(scale.reshape(n, 1, 1, -1));
  }
}
