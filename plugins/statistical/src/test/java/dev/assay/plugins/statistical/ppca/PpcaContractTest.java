package dev.assay.plugins.statistical.ppca;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class PpcaContractTest extends ModelContract<PpcaConfig, PpcaSampler> {
  PpcaContractTest() {
    super("ppca", Toy.table().with("latent", 1), Toy.images(9).with("latent", 3).labelled(2));
  }
}
