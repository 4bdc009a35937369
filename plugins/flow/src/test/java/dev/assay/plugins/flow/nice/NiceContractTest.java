package dev.assay.plugins.flow.nice;

import dev.assay.plugins.flow.FlowSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class NiceContractTest extends ModelContract<NiceConfig, FlowSampler> {
  NiceContractTest() {
    super(
        "nice",
        small(Toy.table()).updates(150),
        small(Toy.table()).with("prior", "gaussian").named("table, gaussian latents"),
        small(Toy.images(3)));
  }

  private static Toy small(Toy toy) {
    return toy.with("couplings", 3)
        .with("hidden", List.of(16))
        .with("batch", 64)
        .with("learning_rate", 0.01)
        .sampling("steps", 20);
  }
}
