package dev.assay.plugins.flow.glow;

import dev.assay.plugins.flow.FlowSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class GlowContractTest extends ModelContract<GlowConfig, FlowSampler> {
  GlowContractTest() {
    super(
        "glow",
        Toy.images(3)
            .with("depth", 2)
            .with("channels", 8)
            .with("batch", 64)
            .with("learning_rate", 0.01)
            .sampling("steps", 20));
  }
}
