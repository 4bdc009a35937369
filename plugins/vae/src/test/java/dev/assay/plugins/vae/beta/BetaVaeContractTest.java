package dev.assay.plugins.vae.beta;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class BetaVaeContractTest extends ModelContract<BetaVaeConfig, VaeSampler> {
  BetaVaeContractTest() {
    super("beta-vae", small(Toy.binaryImages()), small(Toy.table()).with("beta", 0.5));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 2).with("hidden", List.of(16)).with("batch", 32);
  }
}
