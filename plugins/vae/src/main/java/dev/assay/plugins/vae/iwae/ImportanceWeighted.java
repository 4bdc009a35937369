package dev.assay.plugins.vae.iwae;

import dev.assay.plugins.vae.Objective;
import dev.assay.plugins.vae.Posterior;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.Map;

/** The importance-weighted bound as an objective. */
final class ImportanceWeighted {
  private ImportanceWeighted() {}

  /** −ln (1/k) Σ p(x, zᵢ) / q(zᵢ | x), zᵢ ~ q(z | x): eq. 8. */
  static Objective objective(int k) {
    return (network, x, given, weight, draws) -> {
      Posterior posterior = network.encode(x, given).spread();
      Shape spread = posterior.mean().shape().with(1, k);
      Tensor noise = draws.child("latent").normal(spread);
      Tensor wide = x.reshape(x.dim(0), 1, x.dim(1));
      Tensor fit = network.logLikelihood(wide, posterior.draw(noise), given);
      Tensor logWeights = fit.add(posterior.logRatio(noise).mul(weight));
      Tensor bound = Tensors.logSumExp(logWeights, -1).sub((float) Math.log(k));
      return new Objective.Loss(bound.mean().neg(), Map.of("elbo", logWeights.mean()));
    };
  }
}
