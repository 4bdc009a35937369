package dev.assay.plugins.gan.game;

import dev.assay.plugins.gan.network.Critic;
import dev.assay.plugins.gan.network.Generator;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.tensor.Draws;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The game of Goodfellow et al. 2014, algorithm 1: G(z) with z ~ N(0, I) against D(x), by any loss.
 *
 * @param latent numbers in z
 * @param generator G
 * @param critic D
 * @param penalty of the critic, or null
 */
public record LatentGame(
    int latent, Generator generator, Critic critic, Loss loss, @Nullable Penalty penalty)
    implements Game<TruncationSampler> {
  @Override
  public Objective critic(Tensor x, Tensor label, Draws draws) {
    Pass pass = Pass.training();
    Tensor fake = generator.apply(prior(label, draws), label, Pass.training());
    Tensor real = critic.apply(x, label, pass);
    Tensor apart = loss.critic(real, critic.apply(fake, label, pass));
    if (penalty == null) {
      return Objective.of(apart, pass);
    }
    Tensor fine = penalty.of(x, fake, at -> critic.apply(at, label, pass), draws.child("penalty"));
    return Objective.of(apart.add(fine), pass).with("penalty", fine);
  }

  @Override
  public Objective generator(Tensor label, Draws draws) {
    Pass pass = Pass.training();
    Tensor fake = generator.apply(prior(label, draws), label, pass);
    return Objective.of(loss.generator(critic.apply(fake, label, Pass.training())), pass);
  }

  /** z ~ N(0, I) [n, latent]. */
  private Tensor prior(Tensor label, Draws draws) {
    return draws.child("latent").normal(Shape.of(label.dim(0), latent));
  }

  @Override
  public Tensor sample(Tensor z, Tensor label, Draws noise) {
    return generator.apply(z, label, Pass.evaluation());
  }

  @Override
  public float[] latent(TruncationSampler sampler, RandomStream random) {
    return Latents.truncatedNormal(latent, sampler.truncation(), random);
  }
}
