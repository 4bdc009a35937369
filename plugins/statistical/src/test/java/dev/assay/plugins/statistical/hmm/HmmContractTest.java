package dev.assay.plugins.statistical.hmm;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class HmmContractTest extends ModelContract<HmmConfig, HmmSampler> {
  HmmContractTest() {
    super(
        "hmm",
        Toy.documents().with("states", 3),
        Toy.stream().with("states", 3).sampling("length", 3),
        Toy.binaryImages().with("states", 3).labelled(2),
        Toy.table().with("states", 6));
  }
}
