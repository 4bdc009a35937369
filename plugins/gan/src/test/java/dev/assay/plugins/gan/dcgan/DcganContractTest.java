package dev.assay.plugins.gan.dcgan;

import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class DcganContractTest extends ModelContract<DcganConfig, TruncationSampler> {
  DcganContractTest() {
    super(
        "dcgan",
        small(Toy.images(5).labelled(2)),
        small(Toy.binaryImages()).with("critic_norm", "spectral").named("spectral"));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 4)
        .with("width", 8)
        .with("batch", 32)
        .with("learning_rate", 2e-3)
        .updates(400);
  }

  @Override
  protected Progress progress() {
    return Progress.SAMPLES_APPROACH;
  }
}
