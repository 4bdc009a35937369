package dev.assay.plugins.statistical.independent;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class IndependentContractTest extends ModelContract<IndependentConfig, IndependentSampler> {
  IndependentContractTest() {
    super(
        "independent",
        Toy.binaryImages(),
        Toy.images(3).labelled(2),
        Toy.table().with("bins", 12),
        Toy.documents(),
        Toy.stream().sampling("length", 3));
  }
}
