package dev.assay.plugins.vae.iwae;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class IwaeContractTest extends ModelContract<IwaeConfig, VaeSampler> {
  IwaeContractTest() {
    super("iwae", small(Toy.binaryImages()), small(Toy.table()));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 2).with("hidden", List.of(16)).with("batch", 32).with("draws", 5);
  }
}
