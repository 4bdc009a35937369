package dev.assay.plugins.vae.vqvae;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.vae.Coder;
import dev.assay.plugins.vae.Given;
import dev.assay.plugins.vae.Likelihood;
import dev.assay.spi.Modality;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/**
 * Encoder, codebook, decoder and prior. Of n rows, vectors and indices are those of all positions
 * one after another: [n · positions, width] and I32 [n · positions].
 *
 * @param positions codes of one row
 */
record VqVaeNetwork(
    Coder encoder,
    Codebook codebook,
    Coder decoder,
    CodePrior prior,
    Likelihood likelihood,
    int positions) {
  static VqVaeNetwork create(ParameterStore store, VqVaeConfig config, Modality x) {
    Likelihood likelihood = config.training().likelihood().of(x);
    int code = config.positions() * config.width();
    return new VqVaeNetwork(
        config.architecture().encoder(store.scope("encoder"), x, 0, code),
        Codebook.create(store.scope("codebook"), config.codes(), config.width(), config.decay()),
        config.architecture().decoder(store.scope("decoder"), x, 0, code, likelihood.parameters()),
        CodePrior.create(store.scope("prior"), config),
        likelihood,
        config.positions());
  }

  /** x [rows, numbers] → vectors z_e. */
  Tensor encode(Tensor x) {
    Tensor flat = encoder.apply(likelihood.centred(x), Given.nothing());
    return flat.reshape(-1, codebook.width());
  }

  /** Vectors → parameters of p(x | z) [rows, ..]. */
  Tensor decode(Tensor z) {
    return decoder.apply(z.reshape(-1, positions * codebook.width()), Given.nothing());
  }

  /** Indices → [rows, positions]. */
  private Tensor rows(Tensor indices) {
    return indices.reshape(-1, positions);
  }

  /**
   * The parts of the objective, eq. 3, in nats, means over rows; and what the codebook becomes.
   *
   * @param reconstruction −ln p(x | z_q)
   * @param commitment |z_e − sg(e)|²
   * @param order −ln p of the codes
   * @param codebook its variables after the update
   */
  record Objective(
      Tensor reconstruction, Tensor commitment, Tensor order, Map<Variable, Tensor> codebook) {
    Tensor loss(double beta) {
      return reconstruction.add(order).add(commitment.mul((float) beta));
    }
  }

  /** x [rows, numbers]. */
  Objective objective(Tensor x) {
    Tensor z = encode(x);
    Tensor indices = codebook.nearest(z.detach());
    Tensor e = codebook.at(indices).detach();
    // The decoder's gradient reaches the encoder as if there were no quantisation.
    Tensor straight = z.add(e.sub(z).detach());
    return new Objective(
        likelihood.logProbability(decode(straight), x).mean().neg(),
        z.sub(e).square().sum().mul(1f / x.dim(0)),
        prior.nats(rows(indices)).mean(),
        codebook.step(z.detach(), indices));
  }

  /** −ln p(codes of x) − ln p(x | codes of x), in nats: [rows]. */
  Tensor bound(Tensor x) {
    Tensor indices = codebook.nearest(encode(x));
    Tensor fit = likelihood.logProbability(decode(codebook.at(indices)), x);
    return prior.nats(rows(indices)).sub(fit);
  }
}
