package dev.assay.plugins.gan.biggan;

import dev.assay.nn.BatchNorm;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.plugins.gan.network.SpectralLinear;
import dev.assay.tensor.Tensor;

/**
 * Batch normalisation whose gain and bias depend on a condition: (1 + Δγ(c)) BN(x) + Δβ(c), Δγ and
 * Δβ linear. De Vries et al. 2017, §3; Brock et al. 2019, appendix B.
 */
record ClassConditionalNorm(BatchNorm norm, SpectralLinear gain, SpectralLinear bias) {
  /**
   * @param condition numbers in c
   */
  static ClassConditionalNorm create(ParameterStore store, int channels, int condition) {
    return new ClassConditionalNorm(
        BatchNorm.create(store, channels),
        SpectralLinear.create(store.scope("gain"), condition, channels),
        SpectralLinear.create(store.scope("shift"), condition, channels));
  }

  /** x [n, h, w, channels], c [n, condition] → the shape of x. */
  Tensor apply(Tensor x, Tensor c, Pass pass) {
    Tensor scale = gain.apply(c, pass).add(1).reshape(x.dim(0), 1, 1, x.dim(3));
    Tensor shift = bias.apply(c, pass).reshape(x.dim(0), 1, 1, x.dim(3));
    return pass.normalised(norm, x).mul(scale).add(shift);
  }
}
