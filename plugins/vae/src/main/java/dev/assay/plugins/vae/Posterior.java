package dev.assay.plugins.vae;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * q(z | x): independent normals.
 *
 * @param mean μ [.., latent]
 * @param logVariance ln σ² [.., latent]
 */
public record Posterior(Tensor mean, Tensor logVariance) {
  /** z = μ + σ ε, Kingma and Welling 2014, §2.4: noise ε that broadcasts with μ → its shape. */
  public Tensor draw(Tensor noise) {
    return mean.add(logVariance.mul(0.5f).exp().mul(noise));
  }

  /** KL(q(z | x) ‖ N(0, I)) in nats, appendix B: [..]. */
  public Tensor divergence() {
    return mean.square().add(logVariance.exp()).sub(logVariance).sub(1).sum(-1).mul(0.5f);
  }

  /**
   * ln p(z) − ln q(z | x) at z = {@code draw(noise)}, in nats: the constants of the two normals
   * cancel. [..].
   */
  public Tensor logRatio(Tensor noise) {
    return noise.square().add(logVariance).sub(draw(noise).square()).sum(-1).mul(0.5f);
  }

  /** This posterior with an axis of extent 1 before the last, for several draws. */
  public Posterior spread() {
    Shape shape = mean.shape().insert(mean.rank() - 1, 1);
    return new Posterior(mean.reshape(shape), logVariance.reshape(shape));
  }
}
