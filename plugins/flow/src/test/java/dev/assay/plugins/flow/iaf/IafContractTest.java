package dev.assay.plugins.flow.iaf;

import dev.assay.plugins.flow.FlowSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class IafContractTest extends ModelContract<IafConfig, FlowSampler> {
  IafContractTest() {
    super("iaf", small(Toy.table()), small(Toy.images(3)));
  }

  private static Toy small(Toy toy) {
    return toy.with("layers", 3)
        .with("hidden", List.of(16))
        .with("batch", 64)
        .with("learning_rate", 0.01)
        .sampling("steps", 20);
  }
}
