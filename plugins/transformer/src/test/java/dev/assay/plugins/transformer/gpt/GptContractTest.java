package dev.assay.plugins.transformer.gpt;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class GptContractTest extends ModelContract<GptConfig, GptSampler> {
  GptContractTest() {
    super(
        "gpt",
        small(Toy.documents()).with("block", 8),
        small(Toy.stream()).with("block", 6).with("stride", 2).sampling("max_length", 3),
        small(Toy.binaryImages()),
        small(Toy.images(5)).with("bias", true).with("dropout", 0.1));
  }

  private static Toy small(Toy toy) {
    return toy.with("layers", 1).with("heads", 2).with("width", 8).with("warmup", 5);
  }
}
