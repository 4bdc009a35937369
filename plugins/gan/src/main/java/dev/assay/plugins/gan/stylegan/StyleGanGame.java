package dev.assay.plugins.gan.stylegan;

import dev.assay.plugins.gan.game.Game;
import dev.assay.plugins.gan.game.Loss;
import dev.assay.plugins.gan.game.Objective;
import dev.assay.plugins.gan.network.Critic;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The logistic game with R1 on real images, played by a style-based generator. Karras et al. 2019
 * and 2020.
 *
 * @param latent numbers in z and in w
 * @param discriminator D, as a logit
 * @param mixing probability that an image is made from two latents
 * @param gamma γ of R1
 */
record StyleGanGame(
    int latent,
    Mapping mapping,
    Synthesis synthesis,
    Critic discriminator,
    DataForm form,
    double mixing,
    double gamma)
    implements Game<StyleGanSampler> {
  private static final String PSI = "psi";

  @Override
  public Objective critic(Tensor x, Tensor label, Draws draws) {
    Pass pass = Pass.training();
    Tensor fake = generated(label.dim(0), draws, Pass.training());
    Tensor real = discriminator.apply(x, label, pass);
    Tensor loss = Loss.NON_SATURATING.critic(real, discriminator.apply(fake, label, pass));
    Tensor penalty = slope(real, x).mul((float) gamma / 2);
    return Objective.of(loss.add(penalty), pass).with("r1", penalty);
  }

  /** E ‖∇D(x)‖² on real images. Mescheder et al. 2018, eq. 9. */
  static Tensor slope(Tensor real, Tensor x) {
    Tensor gradient = Gradients.of(real.sum(), x);
    return gradient.square().sum().mul(1f / x.dim(0));
  }

  @Override
  public Objective generator(Tensor label, Draws draws) {
    Pass pass = Pass.training();
    Tensor fake = generated(label.dim(0), draws, pass);
    return Objective.of(
        Loss.NON_SATURATING.generator(discriminator.apply(fake, label, Pass.training())), pass);
  }

  /** Images [n, item..] of mixed styles. */
  private Tensor generated(int n, Draws draws, Pass pass) {
    Tensor w = mapping.apply(draws.child("latent").normal(Shape.of(n, latent)));
    Tensor other = mapping.apply(draws.child("other").normal(Shape.of(n, latent)));
    mapping.observe(w, pass);
    List<Tensor> styles = mixed(w, other, synthesis.styles(), mixing, draws.child("mixing"));
    return form.bounded(synthesis.apply(styles, draws));
  }

  /**
   * Styles of w up to a random layer and of the other latent from there on; of w alone with
   * probability 1 − mixing. Karras et al. 2019, §3.1.
   *
   * @param styles how many, at least 2
   */
  static List<Tensor> mixed(Tensor w, Tensor other, int styles, double mixing, Draws draws) {
    if (mixing == 0) {
      return Collections.nCopies(styles, w);
    }
    // A uniform below the probability gives a crossover, and stretched, its place 1 … styles − 1.
    Tensor u = draws.uniform(Shape.of(w.dim(0), 1)).div((float) mixing);
    Tensor place = u.mul(styles - 1).floor().add(1);
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < styles; i++) {
      all.add(Tensor.scalar(i).less(place).where(w, other));
    }
    return all;
  }

  @Override
  public Tensor sample(Tensor z, Tensor label, Draws noise) {
    Tensor psi = Tensor.input(PSI, DType.F32, Shape.SCALAR);
    Tensor w = mapping.truncated(mapping.apply(z), psi);
    return form.bounded(synthesis.apply(Collections.nCopies(synthesis.styles(), w), noise));
  }

  @Override
  public float[] latent(StyleGanSampler sampler, RandomStream random) {
    float[] z = new float[latent];
    for (int i = 0; i < latent; i++) {
      z[i] = (float) random.nextGaussian();
    }
    return z;
  }

  @Override
  public Map<String, Double> inputs(StyleGanSampler sampler) {
    return Map.of(PSI, sampler.psi());
  }
}
