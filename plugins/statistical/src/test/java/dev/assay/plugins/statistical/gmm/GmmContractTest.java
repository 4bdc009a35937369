package dev.assay.plugins.statistical.gmm;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class GmmContractTest extends ModelContract<GmmConfig, GmmSampler> {
  GmmContractTest() {
    super(
        "gmm",
        Toy.table().with("components", 3),
        Toy.table().with("components", 3).with("covariance", "diagonal").named("diagonal"),
        Toy.images(9).with("components", 2).labelled(2));
  }
}
