package dev.assay.plugins.gan.game;

import dev.assay.tensor.Draws;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import java.util.Map;

/**
 * What a paper of this family says: two players' losses, and how samples are drawn. Data are the
 * networks' numbers, around zero. The methods build graphs; each is called once or twice.
 *
 * @param <S> sampler configuration
 */
public interface Game<S extends Record> {
  /** Numbers in z. */
  int latent();

  /**
   * The loss of the critic or discriminator.
   *
   * @param x real examples [n, item..]
   * @param label their classes I32 [n], for a model that asks for them
   * @param draws noise of this step
   */
  Objective critic(Tensor x, Tensor label, Draws draws);

  /**
   * The loss of the generator.
   *
   * @param label classes to generate I32 [n]: those of real examples
   * @param draws noise of this step
   */
  Objective generator(Tensor label, Draws draws);

  /**
   * The generator at work: z [n, latent] → [n, item..]. A row depends on its own z, label and noise
   * alone.
   *
   * @param label I32 [n]
   * @param noise a key for each row
   */
  Tensor sample(Tensor z, Tensor label, Draws noise);

  /** The latents of one sample: {@link #latent} numbers. */
  float[] latent(S sampler, RandomStream random);

  /** Scalar inputs of {@link #sample}, by name. */
  default Map<String, Double> inputs(S sampler) {
    return Map.of();
  }
}
