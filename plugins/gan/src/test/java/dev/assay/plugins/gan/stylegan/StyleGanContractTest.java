package dev.assay.plugins.gan.stylegan;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class StyleGanContractTest extends ModelContract<StyleGanConfig, StyleGanSampler> {
  StyleGanContractTest() {
    super(
        "stylegan",
        Toy.images(5)
            .with("latent", 8)
            .with("mapping", 2)
            .with("width", 8)
            .with("batch", 32)
            .with("learning_rate", 5e-3)
            .with("r1", 0.1)
            .with("mixing", 0.9)
            .with("averaging", 0.9)
            .updates(200));
  }

  @Override
  protected Progress progress() {
    return Progress.SAMPLES_APPROACH;
  }
}
