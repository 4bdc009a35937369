package dev.assay.plugins.gan.biggan;

import dev.assay.nn.Parameter;
import dev.assay.plugins.gan.game.Game;
import dev.assay.plugins.gan.game.LatentGame;
import dev.assay.plugins.gan.game.Objective;
import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.tensor.Draws;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * The hinge game, with the generator's weights drawn towards orthogonal columns, which makes it
 * amenable to truncation. Brock et al. 2019, §3.1.
 *
 * @param plain the game without regularisation
 * @param weights of the generator: matrices and filters
 * @param strength β of the regularisation
 */
record BigGanGame(LatentGame plain, List<Parameter> weights, double strength)
    implements Game<TruncationSampler> {
  BigGanGame {
    weights = List.copyOf(weights);
  }

  @Override
  public int latent() {
    return plain.latent();
  }

  @Override
  public Objective critic(Tensor x, Tensor label, Draws draws) {
    return plain.critic(x, label, draws);
  }

  @Override
  public Objective generator(Tensor label, Draws draws) {
    Objective hinge = plain.generator(label, draws);
    Tensor penalty =
        weights.stream()
            .map(w -> orthogonality(w.value()))
            .reduce(Tensor.scalar(0), Tensor::add)
            .mul((float) strength);
    return new Objective(hinge.loss().add(penalty), hinge.assigns(), hinge.curves())
        .with("orthogonality", penalty);
  }

  /** ‖WᵀW ⊙ (1 − I)‖²_F of W [.., out], eq. 3: a scalar. */
  static Tensor orthogonality(Tensor w) {
    Tensor matrix = w.reshape(-1, w.dim(-1));
    Tensor products = matrix.transpose(0, 1).matmul(matrix);
    Tensor row = Tensor.iota(products.shape(), 0);
    Tensor apart = row.equal(Tensor.iota(products.shape(), 1)).neg().add(1);
    return products.mul(apart).square().sum();
  }

  @Override
  public Tensor sample(Tensor z, Tensor label, Draws noise) {
    return plain.sample(z, label, noise);
  }

  @Override
  public float[] latent(TruncationSampler sampler, RandomStream random) {
    return plain.latent(sampler, random);
  }
}
