package dev.assay.plugins.transformer.t5;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class T5ContractTest extends ModelContract<T5Config, TextSampler> {
  T5ContractTest() {
    super(
        "t5",
        small(Toy.translations()).with("prefix", "ba"),
        small(Toy.documents()).with("denoising", 0.3),
        small(Toy.stream()).with("denoising", 0.3).with("longest", 6).sampling("max_length", 3));
  }

  static Toy small(Toy toy) {
    return toy.with("tokenizer", "char")
        .with("layers", 1)
        .with("heads", 2)
        .with("width", 8)
        .with("hidden", 16)
        .with("batch", 16)
        .with("longest", 16)
        .with("warmup", 5)
        .with("learning_rate", 0.02);
  }
}
