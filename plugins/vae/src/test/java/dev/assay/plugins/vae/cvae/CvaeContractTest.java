package dev.assay.plugins.vae.cvae;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class CvaeContractTest extends ModelContract<CvaeConfig, VaeSampler> {
  CvaeContractTest() {
    super(
        "cvae",
        small(Toy.binaryImages().labelled(2)),
        small(Toy.table().labelled(3)),
        small(Toy.images(3).labelled(2))
            .with("network", "conv")
            .with("channels", List.of(8))
            .named("conv with labels"));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 2).with("hidden", List.of(16)).with("batch", 32);
  }
}
