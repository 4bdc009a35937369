package dev.assay.plugins.template;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class FvsbnContractTest extends ModelContract<FvsbnConfig, FvsbnSampler> {
  FvsbnContractTest() {
    super("fvsbn", Toy.binaryImages(), Toy.binaryImages().labelled(2).with("batch", 16));
  }
}
