package dev.assay.plugins.gan.cyclegan;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class CycleGanContractTest extends ModelContract<CycleGanConfig, CycleGanSampler> {
  CycleGanContractTest() {
    super(
        "cyclegan",
        Toy.binaryImages()
            .labelled(2)
            .with("width", 4)
            .with("blocks", 1)
            .with("batch", 8)
            .with("learning_rate", 2e-3));
  }
}
