package dev.assay.plugins.gan.wgangp;

import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class WganGpContractTest extends ModelContract<WganGpConfig, TruncationSampler> {
  WganGpContractTest() {
    super("wgan-gp", small(Toy.table()).with("averaging", 0.9), small(Toy.images(5).labelled(2)));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 4)
        .with("width", 8)
        .with("hidden", List.of(32))
        .with("batch", 32)
        .with("learning_rate", 3e-3)
        .updates(200);
  }

  @Override
  protected Progress progress() {
    return Progress.SAMPLES_APPROACH;
  }
}
