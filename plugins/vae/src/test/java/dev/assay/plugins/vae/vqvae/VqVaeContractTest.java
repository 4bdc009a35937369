package dev.assay.plugins.vae.vqvae;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class VqVaeContractTest extends ModelContract<VqVaeConfig, VqVaeSampler> {
  VqVaeContractTest() {
    super(
        "vq-vae",
        small(Toy.binaryImages()),
        small(Toy.table()).labelled(2),
        small(Toy.images(5)).with("network", "conv").with("channels", List.of(8)).named("conv"));
  }

  private static Toy small(Toy toy) {
    return toy.with("positions", 3)
        .with("codes", 4)
        .with("width", 2)
        .with("hidden", List.of(16))
        .with("batch", 32)
        .with("prior_width", 8)
        .with("prior_layers", 1);
  }
}
