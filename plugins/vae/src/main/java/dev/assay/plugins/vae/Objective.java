package dev.assay.plugins.vae;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Tensor;
import java.util.Map;

/** What an update makes smaller: an upper bound on −ln p(x), or a relative of it. */
@FunctionalInterface
public interface Objective {
  /**
   * @param x examples as data have them [batch, width]
   * @param weight of the terms that a warm-up lets rise: from 0 to 1, a scalar
   */
  Loss of(VaeNetwork network, Tensor x, Given given, Tensor weight, Draws draws);

  /**
   * @param value mean over the batch, in nats: a scalar
   * @param curves scalars to report beside it
   */
  record Loss(Tensor value, Map<String, Tensor> curves) {
    public Loss {
      curves = Map.copyOf(curves);
    }
  }

  /**
   * −E_q ln p(x | z) + β KL(q(z | x) ‖ p(z)) by one draw: Kingma and Welling 2014, eq. 7; with β
   * Higgins et al. 2017, eq. 4.
   */
  static Objective evidence(double beta) {
    return (network, x, given, weight, draws) -> {
      Posterior posterior = network.encode(x, given);
      Tensor z = posterior.draw(draws.child("latent").normal(posterior.mean().shape()));
      Tensor reconstruction = network.logLikelihood(x, z, given).mean().neg();
      Tensor divergence = posterior.divergence().mean();
      return new Loss(
          reconstruction.add(divergence.mul(weight.mul((float) beta))),
          Map.of("reconstruction", reconstruction, "kl", divergence));
    };
  }
}
