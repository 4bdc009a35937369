package dev.assay.plugins.gan.wgan;

import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class WganContractTest extends ModelContract<WganConfig, TruncationSampler> {
  WganContractTest() {
    super("wgan", small(Toy.table()), small(Toy.images(5).labelled(2)));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 4)
        .with("width", 8)
        .with("hidden", List.of(32))
        .with("batch", 32)
        .with("clip", 0.1)
        .with("learning_rate", 2e-3)
        .updates(60);
  }

  @Override
  protected Progress progress() {
    return Progress.SAMPLES_APPROACH;
  }
}
