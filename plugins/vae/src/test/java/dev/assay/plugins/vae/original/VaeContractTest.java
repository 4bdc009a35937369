package dev.assay.plugins.vae.original;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class VaeContractTest extends ModelContract<VaeConfig, VaeSampler> {
  VaeContractTest() {
    super(
        "vae",
        small(Toy.binaryImages()),
        small(Toy.images(5)),
        small(Toy.images(3)).with("likelihood", "gaussian").named("dequantised images"),
        small(Toy.table()),
        small(Toy.images(3)).with("network", "conv").with("channels", List.of(8)).named("conv"));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 2).with("hidden", List.of(16)).with("batch", 32);
  }
}
