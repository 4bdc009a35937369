package dev.assay.plugins.transformer.translation;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class TransformerContractTest extends ModelContract<TransformerConfig, TextSampler> {
  TransformerContractTest() {
    super(
        "transformer",
        small(Toy.translations()),
        small(Toy.translations()).with("joint", true).with("pre_norm", true).named("joint"));
  }

  static Toy small(Toy toy) {
    return toy.with("tokenizer", "char")
        .with("source_tokenizer", "char")
        .with("layers", 1)
        .with("heads", 2)
        .with("width", 8)
        .with("hidden", 16)
        .with("batch", 16)
        .with("longest", 16)
        .with("warmup", 20)
        .with("rate", 0.5);
  }
}
