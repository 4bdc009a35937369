package dev.assay.plugins.autoregressive.made;

import dev.assay.plugins.autoregressive.pixels.PixelSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class MadeContractTest extends ModelContract<MadeConfig, PixelSampler> {
  MadeContractTest() {
    super(
        "made",
        small(Toy.binaryImages()),
        small(Toy.binaryImages().labelled(2))
            .with("conditional", true)
            .with("orders", 3)
            .with("average", 0.5),
        small(Toy.images(5)).with("hidden", List.of(16, 12)).with("average", 0));
  }

  private static Toy small(Toy toy) {
    return toy.with("hidden", List.of(24)).with("dropout", 0.1).with("learning_rate", 0.01);
  }
}
