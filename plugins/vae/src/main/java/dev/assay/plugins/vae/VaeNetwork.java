package dev.assay.plugins.vae;

import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Encoder and decoder. Kingma and Welling 2014, appendix C.
 *
 * @param encoder width → 2 · latent: means, then log-variances
 * @param decoder latent → parameters of the likelihood
 */
record VaeNetwork(Mlp encoder, Mlp decoder, Likelihood likelihood) {
  static VaeNetwork create(
      ParameterStore store, VaeConfig config, Likelihood likelihood, int width) {
    List<Integer> in = new ArrayList<>(List.of(width));
    in.addAll(config.hidden());
    in.add(2 * config.latent());
    List<Integer> out = new ArrayList<>(config.hidden());
    Collections.reverse(out);
    out.add(0, config.latent());
    out.add(likelihood.parameters() * width);
    Initializer weights = Initializer.glorotUniform();
    return new VaeNetwork(
        Mlp.create(store.scope("encoder"), in, config.activation(), weights),
        Mlp.create(store.scope("decoder"), out, config.activation(), weights),
        likelihood);
  }

  /**
   * q(z | x): independent normals.
   *
   * @param mean μ [.., latent]
   * @param logVariance ln σ² [.., latent]
   */
  record Posterior(Tensor mean, Tensor logVariance) {
    /** z = μ + σ ε, §2.4: noise ε that broadcasts with μ → its shape. */
    Tensor draw(Tensor noise) {
      return mean.add(logVariance.mul(0.5f).exp().mul(noise));
    }

    /** KL(q(z | x) ‖ N(0, I)) in nats, appendix B: [..]. */
    Tensor divergence() {
      return mean.square().add(logVariance.exp()).sub(logVariance).sub(1).sum(-1).mul(0.5f);
    }

    /** This posterior with an axis of extent 1 before the last, for several draws. */
    Posterior spread() {
      Shape shape = mean.shape().insert(mean.rank() - 1, 1);
      return new Posterior(mean.reshape(shape), logVariance.reshape(shape));
    }
  }

  /** x [.., width] as data has it → q(z | x). */
  Posterior encode(Tensor x) {
    List<Tensor> halves = encoder.apply(likelihood.centred(x)).split(-1, 2);
    return new Posterior(halves.get(0), halves.get(1));
  }

  /** z [.., latent] → parameters of p(x | z) [.., parameters · width]. */
  Tensor decode(Tensor z) {
    return decoder.apply(z);
  }

  /** ln p(x | z): z [.., latent] and x [.., width], which broadcasts → [..]. */
  Tensor logLikelihood(Tensor x, Tensor z) {
    return likelihood.logProbability(decode(z), x);
  }
}
