package dev.assay.plugins.transformer.bert;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class BertContractTest extends ModelContract<BertConfig, BertSampler> {
  BertContractTest() {
    super(
        "bert",
        small(Toy.documents()).with("pre_norm", true).with("rotary", true).sampling("length", 4),
        small(Toy.stream()).with("block", 6).sampling("length", 3).sampling("sweeps", 2));
  }

  private static Toy small(Toy toy) {
    return toy.with("tokenizer", "char")
        .with("block", 5)
        .with("layers", 1)
        .with("heads", 2)
        .with("width", 8)
        .with("masked", 0.4)
        .with("batch", 16)
        .with("warmup", 3)
        .with("learning_rate", 0.02);
  }
}
