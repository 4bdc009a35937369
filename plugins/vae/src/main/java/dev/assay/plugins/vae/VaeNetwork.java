package dev.assay.plugins.vae;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * Encoder and decoder. Kingma and Welling 2014, appendix C.
 *
 * @param encoder width → 2 · latent: means, then log-variances
 * @param decoder latent → parameters of the likelihood
 */
public record VaeNetwork(Coder encoder, Coder decoder, Likelihood likelihood) {
  static VaeNetwork create(ParameterStore store, Recipe recipe, Modality x) {
    Likelihood likelihood = recipe.training().likelihood().of(x);
    int beside = recipe.condition().width();
    int latent = recipe.latent();
    Architecture form = recipe.architecture();
    return new VaeNetwork(
        form.encoder(store.scope("encoder"), x, beside, 2 * latent),
        form.decoder(store.scope("decoder"), x, beside, latent, likelihood.parameters()),
        likelihood);
  }

  /** x [.., width] as data has it → q(z | x). */
  public Posterior encode(Tensor x, Given given) {
    List<Tensor> halves = encoder.apply(likelihood.centred(x), given).split(-1, 2);
    return new Posterior(halves.get(0), halves.get(1));
  }

  /** z [.., latent] → parameters of p(x | z) [.., parameters · width]. */
  public Tensor decode(Tensor z, Given given) {
    return decoder.apply(z, given);
  }

  /** ln p(x | z): z [.., latent] and x [.., width], which broadcasts → [..]. */
  public Tensor logLikelihood(Tensor x, Tensor z, Given given) {
    return likelihood.logProbability(decode(z, given), x);
  }
}
