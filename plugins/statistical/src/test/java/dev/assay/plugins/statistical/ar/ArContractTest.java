package dev.assay.plugins.statistical.ar;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class ArContractTest extends ModelContract<ArConfig, ArSampler> {
  ArContractTest() {
    super("ar", Toy.table().with("order", 1), Toy.images(9).with("order", 2).labelled(2));
  }
}
