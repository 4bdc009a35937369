package dev.assay.plugins.gan.stylegan;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Collections;

/**
 * f: z → w, and the running mean of w that truncation goes towards. Karras et al. 2019, §2 and
 * appendix B.
 *
 * @param mean w̄ [latent]
 */
record Mapping(Mlp network, Variable mean) {
  private static final float EPSILON = 1e-8f;
  private static final float MEAN_DECAY = 0.995f;

  /**
   * @param layers at least 1
   */
  static Mapping create(ParameterStore store, int latent, int layers) {
    return new Mapping(
        Mlp.create(
            store,
            Collections.nCopies(layers + 1, latent),
            Activation.LEAKY_RELU,
            Initializer.heNormal()),
        store.buffer("mean", Shape.of(latent), 0));
  }

  /** z [n, latent], first brought to unit mean square → w [n, latent]. */
  Tensor apply(Tensor z) {
    Tensor unit = z.mul(z.square().meanKeep(-1).add(EPSILON).rsqrt());
    return Activation.LEAKY_RELU.apply(network.apply(unit));
  }

  /** Moves w̄ towards the mean of these w [n, latent]. */
  void observe(Tensor w, Pass pass) {
    Tensor moved = mean.tensor().mul(MEAN_DECAY).add(w.detach().mean(0).mul(1 - MEAN_DECAY));
    pass.remember(mean, moved);
  }

  /** w̄ + ψ (w − w̄) [n, latent]. */
  Tensor truncated(Tensor w, Tensor psi) {
    return mean.tensor().add(w.sub(mean.tensor()).mul(psi));
  }
}
