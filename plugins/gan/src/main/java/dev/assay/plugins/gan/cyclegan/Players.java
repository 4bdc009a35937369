package dev.assay.plugins.gan.cyclegan;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.ConvCritic;
import dev.assay.plugins.gan.network.Critic;
import dev.assay.plugins.gan.network.CriticNorm;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.spi.Modality;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * Two translators, and a critic of each set. Images are [n, h, w, c] in [−1, 1].
 *
 * @param there G: A → B
 * @param back F: B → A
 * @param ofA D_A
 * @param ofB D_B
 */
record Players(Translator there, Translator back, Critic ofA, Critic ofB) {
  /** Scopes of a store that the two sides of the game learn. */
  static final String TRANSLATORS = "translators";

  static final String CRITICS = "critics";

  static Players create(ParameterStore store, Modality.Image image, CycleGanConfig config) {
    ParameterStore translators = store.scope(TRANSLATORS);
    ParameterStore critics = store.scope(CRITICS);
    int width = config.width();
    return new Players(
        Translator.create(translators.scope("there"), image, width, config.blocks()),
        Translator.create(translators.scope("back"), image, width, config.blocks()),
        ConvCritic.create(critics.scope("a"), image, width, CriticNorm.LAYER),
        ConvCritic.create(critics.scope("b"), image, width, CriticNorm.LAYER));
  }

  /**
   * What the translators make smaller, its parts apart.
   *
   * @param adversarial E (D_B(G(a)) − 1)² + E (D_A(F(b)) − 1)²
   * @param cycle E |F(G(a)) − a| + E |G(F(b)) − b|, eq. 2
   * @param identity E |G(b) − b| + E |F(a) − a|, §5.2
   */
  record Translation(Tensor adversarial, Tensor cycle, Tensor identity) {
    Tensor loss(CycleGanConfig config) {
      return adversarial
          .add(cycle.mul((float) config.cycle()))
          .add(identity.mul((float) config.identity()));
    }
  }

  Translation translation(Tensor a, Tensor b) {
    Tensor toB = there.apply(a);
    Tensor toA = back.apply(b);
    return new Translation(
        missing(judged(ofB, toB), 1).add(missing(judged(ofA, toA), 1)),
        distance(back.apply(toB), a).add(distance(there.apply(toA), b)),
        distance(there.apply(b), b).add(distance(back.apply(a), a)));
  }

  /** ½ E (D_B(b) − 1)² + ½ E D_B(G(a))², and the same of A: §4, least squares. */
  Tensor judgement(Tensor a, Tensor b) {
    Tensor ofRealA = missing(judged(ofA, a), 1);
    Tensor ofMadeA = missing(judged(ofA, back.apply(b)), 0);
    Tensor ofRealB = missing(judged(ofB, b), 1);
    Tensor ofMadeB = missing(judged(ofB, there.apply(a)), 0);
    return ofRealA.add(ofMadeA).add(ofRealB).add(ofMadeB).mul(0.5f);
  }

  private static Tensor judged(Critic critic, Tensor x) {
    Tensor unused = Tensor.constant(new int[x.dim(0)], Shape.of(x.dim(0)));
    return critic.apply(x, unused, Pass.training());
  }

  private static Tensor missing(Tensor judged, float target) {
    return judged.sub(target).square().mean();
  }

  private static Tensor distance(Tensor x, Tensor y) {
    return x.sub(y).abs().mean();
  }
}
