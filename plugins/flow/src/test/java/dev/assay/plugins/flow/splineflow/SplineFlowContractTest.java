package dev.assay.plugins.flow.splineflow;

import dev.assay.plugins.flow.FlowSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class SplineFlowContractTest extends ModelContract<SplineFlowConfig, FlowSampler> {
  SplineFlowContractTest() {
    super(
        "spline-flow",
        small(Toy.table()),
        small(Toy.table().labelled(2)).with("conditional", true),
        small(Toy.table()).with("kind", "autoregressive").named("table, autoregressive"),
        small(Toy.images(3)));
  }

  private static Toy small(Toy toy) {
    return toy.with("layers", 3)
        .with("hidden", List.of(16))
        .with("batch", 64)
        .with("learning_rate", 0.01)
        .sampling("steps", 20);
  }
}
