package dev.assay.plugins.vae.autoencoder;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class AutoencoderContractTest extends ModelContract<AutoencoderConfig, AutoencoderSampler> {
  AutoencoderContractTest() {
    super(
        "ae",
        small(Toy.binaryImages()),
        small(Toy.table()).labelled(2),
        small(Toy.images(5)).with("network", "conv").with("channels", List.of(8)).named("conv"));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 2)
        .with("hidden", List.of(16))
        .with("batch", 32)
        .with("components", 4);
  }
}
