package dev.assay.plugins.diffusion.flowmatching;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class FlowMatchingContractTest
    extends ModelContract<FlowMatchingConfig, FlowMatchingSampler> {
  FlowMatchingContractTest() {
    super(
        "flow-matching",
        small(Toy.images(3)).with("network", "mlp"),
        small(Toy.table().labelled(2)).with("conditional", true).sampling("guidance", 0.5),
        small(Toy.table()).sampling("method", "euler"));
  }

  private static Toy small(Toy toy) {
    return toy.with("width", 16)
        .with("depth", 1)
        .with("channels", 4)
        .with("batch", 64)
        .sampling("steps", 6)
        .sampling("resampling", 2)
        .updates(90);
  }
}
