package dev.assay.plugins.statistical.chowliu;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class ChowLiuContractTest extends ModelContract<ChowLiuConfig, ChowLiuSampler> {
  ChowLiuContractTest() {
    super("chow-liu", Toy.binaryImages(), Toy.images(3).labelled(2));
  }
}
