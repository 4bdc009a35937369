package dev.assay.plugins.gan.cyclegan;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class CycleGanContractTest extends ModelContract<CycleGanConfig, CycleGanSampler> {
  CycleGanContractTest() {
    super("cyclegan", small(Toy.binaryImages().unpaired()), small(Toy.binaryImages().labelled(2)));
  }

  private static Toy small(Toy toy) {
    return toy.with("width", 4).with("blocks", 1).with("batch", 8).with("learning_rate", 2e-3);
  }
}
