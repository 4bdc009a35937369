package dev.assay.plugins.statistical.kde;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class KdeContractTest extends ModelContract<KdeConfig, KdeSampler> {
  KdeContractTest() {
    super(
        "kde",
        Toy.table(),
        Toy.table().with("centres", 50).with("bandwidth", 0.3).named("few wide kernels"),
        Toy.images(9).labelled(2));
  }
}
